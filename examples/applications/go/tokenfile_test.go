package tokenfile

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// region: rotation

// rotate does what the kubelet does: a new folder, and one rename of ..data.
func rotate(t *testing.T, volume string, serial int, token string) {
	t.Helper()
	next := fmt.Sprintf("..%d", serial)
	must(t, os.Mkdir(filepath.Join(volume, next), 0o755))
	must(t, os.WriteFile(filepath.Join(volume, next, "token"), []byte(token), 0o644))
	must(t, os.Symlink(next, filepath.Join(volume, "..data_tmp")))
	must(t, os.Rename(filepath.Join(volume, "..data_tmp"), filepath.Join(volume, "..data")))
	if serial == 0 {
		must(t, os.Symlink("..data/token", filepath.Join(volume, "token")))
	} else {
		must(t, os.RemoveAll(filepath.Join(volume, fmt.Sprintf("..%d", serial-1))))
	}
}

// endregion

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// seen answers with the authorization that it was sent.
func seen() *httptest.Server {
	return httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		fmt.Fprint(w, r.Header.Get("Authorization"))
	}))
}

func get(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	response, err := client.Get(url)
	must(t, err)
	defer response.Body.Close()
	body := make([]byte, 256)
	n, _ := response.Body.Read(body)
	return string(body[:n])
}

func clientOf(t *testing.T, server *httptest.Server, volume string) *http.Client {
	t.Helper()
	return &http.Client{Transport: &Transport{
		Path: filepath.Join(volume, "token"), Host: strings.TrimPrefix(server.URL, "https://"), Base: server.Client().Transport,
	}}
}

func TestEachRequestCarriesTheTokenOfItsTime(t *testing.T) {
	volume, server := t.TempDir(), seen()
	defer server.Close()
	client := clientOf(t, server, volume)
	for serial, token := range []string{"first", "second", "third"} {
		rotate(t, volume, serial, token)
		if got := get(t, client, server.URL); got != "Bearer "+token {
			t.Errorf("after rotation %d the server saw %q", serial, got)
		}
	}
}

func TestAnotherHostGetsNoToken(t *testing.T) {
	volume, server, other := t.TempDir(), seen(), seen()
	defer server.Close()
	defer other.Close()
	rotate(t, volume, 0, "first")
	client := clientOf(t, server, volume)
	if got := get(t, client, server.URL+"?to="+other.URL); got != "" {
		t.Errorf("the other host saw %q", got)
	}
}

func TestNoTokenIsAnError(t *testing.T) {
	volume, server := t.TempDir(), seen()
	defer server.Close()
	client := clientOf(t, server, volume)
	if _, err := client.Get(server.URL); err == nil {
		t.Error("a request went out without a token")
	}
	must(t, os.WriteFile(filepath.Join(volume, "token"), []byte("\n"), 0o644))
	if _, err := client.Get(server.URL); err == nil {
		t.Error("a request went out with an empty token")
	}
}
