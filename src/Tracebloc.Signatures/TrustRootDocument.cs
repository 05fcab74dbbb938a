using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Signatures;

/// <summary>The file as it stands: TrustedRoot of sigstore's protobuf-specs, as far as it is used.</summary>
internal sealed record TrustRootDocument
{
    public required string MediaType { get; init; }

    [AllowNull]
    public IReadOnlyList<LogInstance> Tlogs { get; init => field = JsonList.Of(value); } = [];

    [AllowNull]
    public IReadOnlyList<Authority> CertificateAuthorities { get; init => field = JsonList.Of(value); } = [];

    [AllowNull]
    public IReadOnlyList<LogInstance> Ctlogs { get; init => field = JsonList.Of(value); } = [];

    [AllowNull]
    public IReadOnlyList<Authority> TimestampAuthorities { get; init => field = JsonList.Of(value); } = [];

    internal sealed record LogInstance
    {
        public string? BaseUrl { get; init; }

        public required LogPublicKey PublicKey { get; init; }

        public required LogId LogId { get; init; }
    }

    internal sealed record LogPublicKey
    {
        public required byte[] RawBytes { get; init; }

        public ValidityPeriod? ValidFor { get; init; }
    }

    internal sealed record Authority
    {
        public string? Uri { get; init; }

        public required CertificateChain CertChain { get; init; }

        public ValidityPeriod? ValidFor { get; init; }
    }

    internal sealed record CertificateChain
    {
        public required IReadOnlyList<RawCertificate> Certificates { get; init => field = JsonList.Of(value); }
    }
}
