// Package starting answers while nothing behind Traefik does: with a page for people, which loads itself again, and with JSON
// for programs, both as 503. Traefik itself would say "no available server".
package starting

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"strings"
)

const forPrograms = `{"error": "COPED is starting, or does not answer: try again in some seconds."}` + "\n"

// Config is what routes.yml says.
type Config struct {
	// File with the page.
	Page string
}

// CreateConfig is called by Traefik.
func CreateConfig() *Config { return &Config{} }

// New is called by Traefik, for each route.
func New(_ context.Context, next http.Handler, config *Config, _ string) (http.Handler, error) {
	page, err := os.ReadFile(config.Page)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		programs := !strings.Contains(request.Header.Get("Accept"), "text/html")
		next.ServeHTTP(&answer{response: response, page: page, programs: programs}, request)
	}), nil
}

// An answer on its way to the browser.
type answer struct {
	response http.ResponseWriter
	page     []byte
	programs bool
	replaced bool
}

func (a *answer) Header() http.Header { return a.response.Header() }

func (a *answer) WriteHeader(status int) {
	if a.replaced {
		return
	}
	header := a.response.Header()
	// Servers behind Traefik name themselves, gunicorn and Voilà do; Traefik does not. So a 503 of the application, which says
	// that the search is not available, passes as it is.
	if status < http.StatusBadGateway || status > http.StatusGatewayTimeout || header.Get("Server") != "" {
		a.response.WriteHeader(status)
		return
	}
	a.replaced = true
	kind, body := "text/html; charset=utf-8", a.page
	if a.programs {
		kind, body = "application/json", []byte(forPrograms)
	}
	header.Del("Content-Length")
	header.Set("Content-Type", kind)
	header.Set("Cache-Control", "no-store")
	header.Set("Retry-After", "3")
	a.response.WriteHeader(http.StatusServiceUnavailable)
	a.response.Write(body)
}

func (a *answer) Write(bytes []byte) (int, error) {
	if a.replaced {
		return len(bytes), nil
	}
	return a.response.Write(bytes)
}

// Flush lets dashboards arrive while they are rendered.
func (a *answer) Flush() {
	if flusher, ok := a.response.(http.Flusher); ok {
		flusher.Flush()
	}
}

// Hijack lets websockets through.
func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return a.response.(http.Hijacker).Hijack()
}
