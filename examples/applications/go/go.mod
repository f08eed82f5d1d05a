module symbolon.dev/examples/tokenfile

go 1.22
