package grpctoken

import (
	"context"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// serve starts a server with TLS that tells what each call was authorized with.
func serve(t *testing.T, seen chan<- []string) (string, credentials.TransportCredentials) {
	t.Helper()
	// A certificate for 127.0.0.1, made by nobody else's tool.
	tls := httptest.NewTLSServer(nil)
	defer tls.Close()
	roots := x509.NewCertPool()
	roots.AddCert(tls.Certificate())

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server := grpc.NewServer(
		grpc.Creds(credentials.NewServerTLSFromCert(&tls.TLS.Certificates[0])),
		grpc.UnaryInterceptor(func(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
			md, _ := metadata.FromIncomingContext(ctx)
			seen <- md.Get("authorization")
			return handle(ctx, request)
		}),
	)
	healthpb.RegisterHealthServer(server, health.NewServer())
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return listener.Addr().String(), credentials.NewClientTLSFromCert(roots, "")
}

// swap is the end of what the kubelet does: one rename, and the file is another one.
func swap(t *testing.T, file, token string) {
	t.Helper()
	must(t, os.WriteFile(file+".next", []byte(token), 0o644))
	must(t, os.Rename(file+".next", file))
}

func TestEachCallCarriesTheTokenOfItsTime(t *testing.T) {
	seen := make(chan []string, 1)
	address, tls := serve(t, seen)
	file := filepath.Join(t.TempDir(), "token")
	conn, err := Connect(address, tls, file)
	must(t, err)
	defer conn.Close()
	client := healthpb.NewHealthClient(conn)
	for _, token := range []string{"first", "second"} {
		swap(t, file, token)
		_, err := client.Check(context.Background(), &healthpb.HealthCheckRequest{})
		must(t, err)
		if got := <-seen; len(got) != 1 || got[0] != "Bearer "+token {
			t.Errorf("the server saw %v, and the file holds %s", got, token)
		}
	}
	must(t, os.Remove(file))
	if _, err := client.Check(context.Background(), &healthpb.HealthCheckRequest{}); err == nil {
		t.Error("a call went out without a token")
	}
}

func TestNoTokenWithoutTLS(t *testing.T) {
	if _, err := Connect("127.0.0.1:1", insecure.NewCredentials(), "token"); err == nil {
		t.Error("a connection without TLS was made")
	}
}
