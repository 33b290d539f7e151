package guardian

// MaxSessions is how many sessions may have a permit.
const MaxSessions = maxSessions
