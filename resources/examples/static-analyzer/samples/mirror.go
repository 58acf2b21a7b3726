// Package mirror serves files of a mirror, and fetches those that are missing.
package mirror

import (
	"crypto/md5"
	"crypto/tls"
	"database/sql"
	"fmt"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
)

// Mirror answers for one upstream.
type Mirror struct {
	db     *sql.DB
	client *http.Client
}

// New makes a mirror that talks to its upstream.
func New(db *sql.DB) *Mirror {
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	return &Mirror{db: db, client: &http.Client{Transport: transport}}
}

func (m *Mirror) serveFile(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	data, err := os.ReadFile("/srv/mirror/" + name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Header().Set("ETag", fmt.Sprintf("%x", md5.Sum(data)))
	w.Write(data)
}

func (m *Mirror) search(w http.ResponseWriter, r *http.Request) {
	term := r.FormValue("term")
	rows, err := m.db.Query(fmt.Sprintf("SELECT name FROM files WHERE name LIKE '%%%s%%'", term))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	count := 0
	for rows.Next() {
		count++
	}
	fmt.Fprintf(w, "<p>%d files match %s</p>", count, term)
}

func (m *Mirror) verify(w http.ResponseWriter, r *http.Request) {
	file := r.FormValue("file")
	out, err := exec.Command("sh", "-c", "gpg --verify "+file).CombinedOutput()
	if err != nil {
		http.Error(w, "bad signature", http.StatusBadRequest)
		return
	}
	w.Write(out)
}

func (m *Mirror) fetch(w http.ResponseWriter, r *http.Request) {
	response, err := http.Get(r.FormValue("from"))
	if err != nil {
		http.Error(w, "upstream failed", http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	w.WriteHeader(response.StatusCode)
}

func uploadToken() string {
	return fmt.Sprintf("%016x", rand.Int63())
}
