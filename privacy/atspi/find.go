package atspi

// wanted are the roles that a scan looks for.
var wanted = append([]int{rolePassword, roleDocumentWeb}, entryRoles...)

// rule is what Collection.GetMatches is asked for: nodes with one of some roles
// or with all of some states.
type rule struct {
	States          []int32
	StatesMatch     int32
	Attributes      map[string]string
	AttributesMatch int32
	Roles           []int32
	RolesMatch      int32
	Interfaces      []string
	InterfacesMatch int32
	Invert          bool
}

// How a rule's parts match, and the order of what is found.
const (
	matchAll  = 1
	matchAny  = 2
	canonical = 1
)

func ruleOf(roles []int, all states) rule {
	r := rule{
		States: []int32{int32(uint32(all)), int32(uint32(all >> 32))}, StatesMatch: matchAll,
		Attributes: map[string]string{}, AttributesMatch: matchAll,
		Roles: make([]int32, 4), RolesMatch: matchAny,
		Interfaces: []string{}, InterfacesMatch: matchAll,
	}
	for _, role := range roles {
		r.Roles[role/32] |= int32(uint32(1) << (role % 32))
	}
	return r
}

// search asks for all nodes below r that rule fits. One more than there may be
// is asked for, so that too many are noticed.
func (q *questions) search(r ref, by rule) int {
	return q.ask(r, collection+"GetMatches", by, uint32(canonical), int32(maxFields+1), true)
}

// walk finds the nodes below a window that have a wanted role, or are in the
// state editable if that is asked for, level by level.
func (p *program) walk(q questions, window ref) (found []ref, trouble string, err error) {
	seen := map[ref]bool{window: true}
	level := []ref{window}
	for depth := 0; len(level) > 0; depth++ {
		if depth == maxDepth || len(seen) > maxNodes {
			return found, "it has too many parts to be searched", nil
		}
		q := questions{ctx: q.ctx, line: q.line}
		for _, r := range level {
			q.ask(r, accessible+"GetRole")
			q.ask(r, accessible+"GetChildren")
		}
		answers, err := q.wait()
		if err != nil {
			return nil, "", err
		}
		var next []ref
		for i, r := range level {
			role, children := answers[2*i], answers[2*i+1]
			if absent(role.err) || absent(children.err) {
				continue
			}
			n, ok := readRole(role.body)
			below, all := readRefs(children.body, maxWide)
			if !ok || !all {
				trouble = "a part of it does not answer, or has too many parts"
			}
			if !ok || isWanted(n) {
				found = append(found, r)
			}
			for _, child := range below {
				if !seen[child] {
					seen[child] = true
					next = append(next, child)
				}
			}
		}
		level = next
	}
	return found, trouble, nil
}

func isWanted(role int) bool {
	for _, w := range wanted {
		if role == w {
			return true
		}
	}
	return false
}

func (r ref) String() string { return r.name + string(r.path) }
