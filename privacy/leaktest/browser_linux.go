package leaktest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"
)

// browser is a page in a browser. The page asks its server for the next command
// and says with the next question what became of the last.
type browser struct {
	commands chan string
	answers  chan string
}

// browse serves the page and starts a browser with it and another one in tabs
// that the keys show.
func (a *App) browse(start func(pages ...string), first, second string) {
	b := &browser{make(chan string), make(chan string)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", show("page.html"))
	mux.HandleFunc("GET /other", show("other.html"))
	mux.HandleFunc("POST /next", b.next)
	server := httptest.NewServer(mux)
	a.tb.Cleanup(server.CloseClientConnections)
	a.tb.Cleanup(server.Close)
	a.page, a.tabs = b, [2]string{first, second}
	start(server.URL+"/", server.URL+"/other")
	select {
	case <-b.answers: // the first one is to no command
	case <-time.After(patience):
		a.tb.Fatalf("leaktest: the browser shows no page within %v", patience)
	}
	a.showTab(0)
}

func show(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, testdata, "testdata/"+name) }
}

// next hands an answer over and waits for a command.
func (b *browser) next(w http.ResponseWriter, r *http.Request) {
	answer, _ := io.ReadAll(io.LimitReader(r.Body, 100))
	select {
	case b.answers <- string(answer):
	case <-r.Context().Done():
		return
	}
	select {
	case command := <-b.commands:
		io.WriteString(w, command)
	case <-r.Context().Done():
	}
}

func (b *browser) do(command string, numbers ...int) (int, error) {
	for _, n := range numbers {
		command += fmt.Sprintf(" %d", n)
	}
	late := time.After(patience)
	select {
	case b.commands <- command:
	case <-late:
		return 0, errors.New("the page asks for no command")
	}
	select {
	case answer := <-b.answers:
		return scrolled(answer)
	case <-late:
		return 0, fmt.Errorf("no answer within %v", patience)
	}
}

// forgetful are settings of Chromium with which it does not offer to keep
// passwords: that shows beside the address when somebody types one.
const forgetful = `{"credentials_enable_service": false, "profile": {"password_manager_enabled": false}}`

func (a *App) chromium(pages ...string) {
	a.tb.Helper()
	folder := a.tb.TempDir()
	a.write(filepath.Join(folder, "Default", "Preferences"), forgetful)
	a.session.Start(a.tb, a.display, "chromium", append([]string{"--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--password-store=basic",
		"--test-type", "--no-default-browser-check", "--disable-features=Translate", "--user-data-dir=" + folder,
		"--window-position=60,40", "--window-size=700,560"}, pages...)...)
}

// quiet are settings of Firefox that keep it from showing other pages and from
// asking.
const quiet = `user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("signon.rememberSignons", false);
user_pref("security.insecure_field_warning.contextual.enabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
`

func (a *App) firefox(pages ...string) {
	a.tb.Helper()
	profile := a.tb.TempDir()
	a.write(filepath.Join(profile, "user.js"), quiet)
	a.session.Start(a.tb, a.display, "firefox-esr", append([]string{"--no-remote", "--new-instance", "--profile", profile,
		"--width", "700", "--height", "560"}, pages...)...)
}

func (a *App) write(file, content string) {
	a.tb.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o700)
	if err == nil {
		err = os.WriteFile(file, []byte(content), 0o600)
	}
	if err != nil {
		a.tb.Fatalf("leaktest: %v", err)
	}
}
