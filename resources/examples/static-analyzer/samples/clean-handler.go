// Package shop answers requests without trusting them.
package shop

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"database/sql"
	"encoding/hex"
	"html/template"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
)

var page = template.Must(template.New("page").Parse(`<p>{{.}}</p>`))

func find(db *sql.DB, r *http.Request) (*sql.Rows, error) {
	id, err := strconv.Atoi(r.FormValue("id"))
	if err != nil {
		return nil, err
	}
	// Not: fmt.Sprintf("SELECT * FROM orders WHERE id = %s", r.FormValue("id"))
	return db.Query("SELECT * FROM orders WHERE id = $1", id)
}

func verify(r *http.Request) error {
	return exec.Command("gpg", "--verify", filepath.Base(r.FormValue("file"))).Run()
}

func show(w http.ResponseWriter, r *http.Request) {
	if err := page.Execute(w, r.FormValue("name")); err != nil {
		http.Error(w, "page", http.StatusInternalServerError)
	}
}

func transport() *http.Transport {
	return &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS13}}
}

func newToken() (string, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return "", err
	}
	digest := sha256.Sum256(secret)
	return hex.EncodeToString(digest[:]), nil
}
