# One program of this repository, published by `dotnet cake --target=Publish` (arm64: PublishArm64), both of which
# `dotnet cake --target=Image` runs:
#
#   docker build --build-arg PROJECT=image-refresh --build-context zoneinfo=/usr/share/zoneinfo .
#
# and for chart-upgrade also --target with-helm --build-context helm=FOLDER-OF-THE-BINARY, for the ingestor's variant that
# runs processors --target with-python --build-context python=FOLDER, made by `scripts/debian-image.sh layer FOLDER python3`.
# No stage runs anything, so the base needs no shell and may be of another architecture: just the C library, OpenSSL and the
# certificate authorities.
ARG BASE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled@sha256:18d4848091a40d13dbfdd6a8340c1657dc3e2f2d7fa2f042e9d162e68669dbc9

FROM ${BASE} AS program
ARG BASE
ARG TARGETARCH
ARG PROJECT
ARG TITLE=${PROJECT}
ARG VERSION=
ARG REVISION=
LABEL org.opencontainers.image.title="${TITLE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="https://github.com/tracebloc/client" \
      org.opencontainers.image.vendor="tracebloc" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="${BASE}"
# .NET reads the bundle and each file of the folder, which hold the same authorities: once is 30 ms of a tick less.
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    SSL_CERT_DIR=/nonexistent
# The chiseled base has none, and windows name their time zone.
COPY --from=zoneinfo . /usr/share/zoneinfo
COPY artifacts/publish/${TARGETARCH}/${PROJECT}/${PROJECT} /program
USER 65532:65532
ENTRYPOINT ["/program"]

FROM program AS with-helm
COPY --from=helm helm /usr/local/bin/helm

# Over the base's C library, which is as new as that of the Debian that python3 comes from, or newer.
FROM program AS with-python
COPY --from=python . /
ENV PYTHON=/usr/bin/python3

# Last, so that it is what a build without --target makes.
FROM program AS runtime
