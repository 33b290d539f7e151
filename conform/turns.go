package conform

import "sync"

// runAll plays cases, so many at a time.
func runAll(cases []Case, o Options, play func(Case) Result) []Result {
	results := make([]Result, len(cases))
	together, alone := turns(cases)
	var workers sync.WaitGroup
	var telling sync.Mutex
	for range o.Parallel {
		workers.Go(func() {
			for i := range together {
				results[i] = o.attempt(cases[i], play)
				telling.Lock()
				o.Done(results[i])
				telling.Unlock()
			}
		})
	}
	workers.Wait()
	for _, i := range alone {
		results[i] = o.attempt(cases[i], play)
		o.Done(results[i])
	}
	return results
}

// attempt plays a case, as often as it may be.
func (o Options) attempt(c Case, play func(Case) Result) (r Result) {
	for range 1 + o.Again {
		if r = play(c); r.Err == nil {
			break
		}
	}
	return r
}

// turns are the cases that can be played side by side, slow ones first, and
// those that cannot.
func turns(cases []Case) (together chan int, alone []int) {
	together = make(chan int, len(cases))
	defer close(together)
	for _, slow := range []bool{true, false} {
		for i, c := range cases {
			switch {
			case c.slow == slow && !c.alone:
				together <- i
			case c.slow == slow:
				alone = append(alone, i)
			}
		}
	}
	return together, alone
}
