# A static program on an empty image. Mount what is to be linted:
#   docker build -t ssislint .
#   docker run --rm -v "$PWD:/packages:ro" ssislint
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin ssislint

FROM scratch
COPY --from=build /src/target/release/ssislint /ssislint
WORKDIR /packages
USER 65534:65534
ENTRYPOINT ["/ssislint"]
