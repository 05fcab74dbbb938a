using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The output of a plugin. Classes, since a record would print its members.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/client-authentication.v1/"/>
internal sealed class ExecCredential
{
    [JsonPropertyName("kind")] public string? Kind { get; init; }

    [JsonPropertyName("apiVersion")] public string? ApiVersion { get; init; }

    [JsonPropertyName("status")] public ExecCredentialStatus? Status { get; init; }
}

internal sealed class ExecCredentialStatus
{
    [JsonPropertyName("token")] public string? Token { get; init; }

    [JsonPropertyName("clientCertificateData")] public string? ClientCertificateData { get; init; }

    [JsonPropertyName("clientKeyData")] public string? ClientKeyData { get; init; }

    [JsonPropertyName("expirationTimestamp")] public DateTimeOffset? ExpirationTimestamp { get; init; }
}
