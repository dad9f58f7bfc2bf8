// Tells its wall clock and how long it has run by its monotonic one, both in nanoseconds, a line of JSON for each line it reads.
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"
)

func main() {
	began := time.Now()
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Printf("{\"wall\":\"%d\",\"ran\":\"%d\"}\n", time.Now().UnixNano(), time.Since(began).Nanoseconds())
	}
}
