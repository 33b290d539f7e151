package conform

// serve lets a message of a console have its effect on our device.
func (p *player) serve(s said) error {
	err := error(nil)
	switch s.kind.name {
	case "hello":
		p.console.offered = numbers(s.get("capabilities"))
	case "ready":
		p.state = waiting
	case "ping":
		err = p.echo(s)
	case "ack":
		if s.number("number") > p.console.picture.number {
			err = breaks(sequenceCode, "update %d was acknowledged and never sent", s.number("number"))
		}
	}
	for _, f := range s.kind.fields {
		if f.name == "generation" && s.number("generation") > p.ours {
			err = breaks(rangeCode, "%s for generation %d, which was never told", s.kind.name, s.number("generation"))
		}
	}
	p.keep(s)
	return err
}
