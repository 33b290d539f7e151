package server

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// problem is an error answer: its id is for programs, its message for people.
type problem struct {
	status  int
	ID      string `json:"error"`
	Message string `json:"message"`
}

// The error answers of SIGNALLING.md.
var (
	offerBad        = &problem{http.StatusBadRequest, "offer_bad", "The offer is not one that a device can answer."}
	forbiddenHost   = &problem{http.StatusForbidden, "forbidden", "The desk is not known by this name."}
	forbiddenOrigin = &problem{http.StatusForbidden, "forbidden", "Another page may not do this."}
	codeWrong       = &problem{http.StatusNotFound, "code_wrong", "The code is wrong, used or expired. Ask for a new one."}
	notFound        = &problem{http.StatusNotFound, "not_found", "There is nothing here."}
	notAllowed      = &problem{http.StatusMethodNotAllowed, "not_allowed", "Pages can only be read."}
	tooLarge        = &problem{http.StatusRequestEntityTooLarge, "too_large", "The offer is larger than 16 KiB."}
	tooMany         = &problem{http.StatusTooManyRequests, "too_many", "Too many requests. Wait a moment and try again."}
	deviceAway      = &problem{http.StatusServiceUnavailable, "device_away", "The device has lost its connection to the desk."}
	deviceBusy      = &problem{http.StatusServiceUnavailable, "device_busy", "The device is making too many connections already."}
	deviceFailed    = &problem{http.StatusServiceUnavailable, "device_failed", "The device could not answer."}
	deskFull        = &problem{http.StatusServiceUnavailable, "desk_full", "The desk has no room left."}
	deskStopping    = &problem{http.StatusServiceUnavailable, "desk_stopping", "The desk is stopping."}
	deviceSilent    = &problem{http.StatusGatewayTimeout, "device_silent", "The device did not answer in time."}
)

// write sends the problem as the whole answer.
func (p *problem) write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // two strings always have a JSON form
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.status)
	_, _ = w.Write(body) // a caller who has gone needs no answer
}
