// A gRPC server and client on grpc-go: see ../grpc-peers.ts for what they say.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"sort"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

const (
	answersOfMany = 10
	answersOfChat = 5
)

// raw passes messages on as they are.
type raw struct{}

func (raw) Name() string                  { return "raw" }
func (raw) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (raw) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = data
	return nil
}

func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(
		grpc.ForceServerCodec(raw{}),
		grpc.MaxRecvMsgSize(math.MaxInt32),
		grpc.UnknownServiceHandler(echo),
	)
	fmt.Printf("{\"port\": %d}\n", listener.Addr().(*net.TCPAddr).Port)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	return server.Serve(listener)
}

func echo(_ any, stream grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(stream)
	times := 1
	if strings.HasSuffix(method, "/Many") {
		times = answersOfMany
	}
	for {
		var message []byte
		if err := stream.RecvMsg(&message); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		for range times {
			if err := stream.SendMsg(&message); err != nil {
				return err
			}
		}
	}
}

type job struct {
	Method      string `json:"method"`
	Count       int    `json:"count"`
	Concurrency int    `json:"concurrency"`
	Bytes       int    `json:"bytes"`
	DeadlineMs  int    `json:"deadlineMs"`
}

type result struct {
	Statuses map[string]int `json:"statuses"`
	Messages []string       `json:"messages"`
	Wrong    int            `json:"wrong"`
	MinMs    float64        `json:"minMs"`
	MedianMs float64        `json:"medianMs"`
}

func dial(port string) error {
	connection, err := grpc.NewClient(
		"passthrough:///127.0.0.1:"+port,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(raw{}), grpc.MaxCallRecvMsgSize(math.MaxInt32)),
	)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked job
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		if err := json.NewEncoder(os.Stdout).Encode(work(connection, asked)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func work(connection *grpc.ClientConn, asked job) result {
	done := result{Statuses: map[string]int{}, Messages: []string{}}
	seen := map[string]bool{}
	var tookMs []float64
	var lock sync.Mutex
	var workers sync.WaitGroup
	numbers := make(chan int)
	for range asked.Concurrency {
		workers.Go(func() {
			for i := range numbers {
				payload := bytes.Repeat([]byte{byte(i % 251)}, asked.Bytes)
				start := time.Now()
				answers, err := ask(connection, asked, payload)
				took := float64(time.Since(start).Microseconds()) / 1000
				lock.Lock()
				tookMs = append(tookMs, took)
				code := status.Code(err)
				done.Statuses[nameOf(code)]++
				if err != nil {
					seen[status.Convert(err).Message()] = true
				} else if !right(asked.Method, payload, answers) {
					done.Wrong++
				}
				lock.Unlock()
			}
		})
	}
	for i := range asked.Count {
		numbers <- i
	}
	close(numbers)
	workers.Wait()
	for message := range seen {
		done.Messages = append(done.Messages, message)
	}
	sort.Float64s(tookMs)
	done.MinMs, done.MedianMs = tookMs[0], tookMs[len(tookMs)/2]
	return done
}

func right(method string, payload []byte, answers [][]byte) bool {
	expected := map[string]int{"Many": answersOfMany, "Chat": answersOfChat}[method]
	if len(answers) != max(expected, 1) {
		return false
	}
	for _, answer := range answers {
		if !bytes.Equal(answer, payload) {
			return false
		}
	}
	return true
}

func ask(connection *grpc.ClientConn, asked job, payload []byte) ([][]byte, error) {
	within, cancel := context.WithTimeout(context.Background(), time.Duration(asked.DeadlineMs)*time.Millisecond)
	defer cancel()
	path := "/chaos.Test/" + asked.Method
	if asked.Method != "Many" && asked.Method != "Chat" {
		var answer []byte
		err := connection.Invoke(within, path, &payload, &answer)
		return [][]byte{answer}, err
	}
	chat := asked.Method == "Chat"
	stream, err := connection.NewStream(within, &grpc.StreamDesc{ServerStreams: true, ClientStreams: chat}, path)
	if err != nil {
		return nil, err
	}
	if err := stream.SendMsg(&payload); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !chat {
		_ = stream.CloseSend()
	}
	var answers [][]byte
	for {
		var answer []byte
		if err := stream.RecvMsg(&answer); errors.Is(err, io.EOF) {
			return answers, nil
		} else if err != nil {
			return answers, err
		}
		answers = append(answers, answer)
		if chat && len(answers) < answersOfChat {
			_ = stream.SendMsg(&payload)
		} else if chat {
			_ = stream.CloseSend()
		}
	}
}

// nameOf spells a code as the protocol does: codes.DeadlineExceeded is DEADLINE_EXCEEDED.
func nameOf(code codes.Code) string {
	var name strings.Builder
	for i, letter := range code.String() {
		if i > 0 && letter >= 'A' && letter <= 'Z' && code != codes.OK {
			name.WriteByte('_')
		}
		name.WriteRune(letter)
	}
	return strings.ToUpper(name.String())
}

func main() {
	var err error
	if os.Args[1] == "serve" {
		err = serve()
	} else {
		err = dial(os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
