// Package mlog stands in for the logging module of the webhook, which the module proxies do not serve everywhere. It has
// the names that the webhook uses and writes to stderr; no decision of the webhook depends on it.
package mlog

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/go-logr/logr"
	"github.com/go-logr/logr/funcr"
)

type (
	LogLevel  string
	LogFormat string
	LogSpec   struct {
		Level  LogLevel
		Format LogFormat
	}
	Logger struct{ to logr.Logger }
)

const (
	LevelWarning LogLevel = ""
	LevelInfo    LogLevel = "info"
	LevelDebug   LogLevel = "debug"
	LevelTrace   LogLevel = "trace"
	LevelAll     LogLevel = "all"

	FormatJSON LogFormat = "json"
)

func Logr() logr.Logger {
	return funcr.New(func(prefix, args string) { log.Println(prefix, args) }, funcr.Options{})
}

func New() Logger { return Logger{Logr()} }

func (l Logger) WithName(name string) Logger { return Logger{l.to.WithName(name)} }

func (l Logger) WithValues(values ...any) Logger { return Logger{l.to.WithValues(values...)} }

func (l Logger) Info(message string, values ...any) { l.to.Info(message, values...) }

func (l Logger) Error(message string, err error, values ...any) { l.to.Error(err, message, values...) }

// Setup gives what is to be called at the end.
func Setup() func() { return func() {} }

func Enabled(level LogLevel) bool { return level == LevelInfo }

func ValidateAndSetLogLevelAndFormatGlobally(context.Context, LogSpec) error { return nil }

func Fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
