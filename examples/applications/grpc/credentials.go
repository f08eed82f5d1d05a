// Package grpctoken gives gRPC calls a projected token.
package grpctoken

import (
	"context"
	"fmt"
	"os"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// region: credentials

// TokenFile is the path of a projected token, which is read for every call.
type TokenFile string

// GetRequestMetadata is asked for each call, so a rotated token goes with the next one.
func (f TokenFile) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	data, err := os.ReadFile(string(f))
	if err != nil {
		return nil, err
	}
	token := strings.TrimSpace(string(data))
	if token == "" {
		return nil, fmt.Errorf("the token file %s is empty", string(f))
	}
	return map[string]string{"authorization": "Bearer " + token}, nil
}

// RequireTransportSecurity keeps the token off connections without TLS.
func (TokenFile) RequireTransportSecurity() bool { return true }

// Connect makes a client that authenticates with the token. It connects with the first call.
func Connect(target string, tls credentials.TransportCredentials, tokenFile string) (*grpc.ClientConn, error) {
	return grpc.NewClient(target, grpc.WithTransportCredentials(tls), grpc.WithPerRPCCredentials(TokenFile(tokenFile)))
}

// endregion
