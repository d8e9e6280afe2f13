// Verifies a checkpoint, a leaf's proof and the proof of two days with Go's own sumdb/note and tlog: an independent
// reader of docs/evidence.md. Input (JSON on standard input): a list of cases; output: one line a case, "ok" or why not.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type testCase struct {
	Key         string   `json:"key"`
	Leaf        string   `json:"leaf"`  // base64 of the leaf's bytes
	Proof       string   `json:"proof"` // tlog-proof, its checkpoint within
	Earlier     string   `json:"earlier"`
	Consistency []string `json:"consistency"`
}

func open(text string, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func hashes(lines []string) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(lines))
	for i, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		found[i] = hash
	}
	return found, nil
}

func check(c testCase) error {
	head, checkpoint, _ := strings.Cut(c.Proof, "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a proof")
	}
	tree, err := open(checkpoint, c.Key)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	leaf, err := base64.StdEncoding.DecodeString(c.Leaf)
	if err != nil {
		return err
	}
	way, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(way, tree.N, tree.Hash, index, tlog.RecordHash(leaf)); err != nil {
		return err
	}
	earlier, err := open(c.Earlier, c.Key)
	if err != nil {
		return err
	}
	two, err := hashes(c.Consistency)
	if err != nil {
		return err
	}
	return tlog.CheckTree(two, tree.N, tree.Hash, earlier.N, earlier.Hash)
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for _, c := range cases {
		if err := check(c); err != nil {
			fmt.Println(err)
		} else {
			fmt.Println("ok")
		}
	}
}
