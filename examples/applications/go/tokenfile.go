// Package tokenfile reads projected tokens, and sends them where they belong.
package tokenfile

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

// region: read

// Read gives the token as it is now. The kubelet replaces the file while the program runs.
func Read(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(data))
	if token == "" {
		return "", fmt.Errorf("the token file %s is empty", path)
	}
	return token, nil
}

// endregion

// region: transport

// Transport adds the token of one file to the requests for one host, which the token is for.
type Transport struct {
	Path string
	Host string
	Base http.RoundTripper
}

// RoundTrip reads the file for every request. A redirect to another host gets no token.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Scheme != "https" || request.URL.Host != t.Host {
		return t.Base.RoundTrip(request)
	}
	token, err := Read(t.Path)
	if err != nil {
		if request.Body != nil {
			request.Body.Close()
		}
		return nil, err
	}
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", "Bearer "+token)
	return t.Base.RoundTrip(request)
}

// endregion
