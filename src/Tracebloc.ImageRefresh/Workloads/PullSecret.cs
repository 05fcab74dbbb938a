using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The parts of a pull secret. A class, not a record: records print their members.</summary>
internal sealed class PullSecret
{
    public string? Type { get; init; }

    public PullSecretData? Data { get; init; }

    /// <summary>The credentials in it, or null and the reason, which has nothing of its content.</summary>
    public CredentialStore? Read(out string? fault)
    {
        if (Type == "kubernetes.io/dockerconfigjson")
            return Read(".dockerconfigjson", Data?.DockerConfigJson, out fault);
        if (Type == "kubernetes.io/dockercfg")
            return Read(".dockercfg", Data?.DockerConfig, out fault);
        fault = $"is of type {Type}, not kubernetes.io/dockerconfigjson or kubernetes.io/dockercfg";
        return null;
    }

    private static CredentialStore? Read(string key, byte[]? content, out string? fault)
    {
        var malformed = "there is no such key";
        var store = content is null ? null : CredentialStore.Read(content, out malformed);
        fault = store is null ? $"{key}: {malformed}" : null;
        return store;
    }
}

internal sealed class PullSecretData
{
    [JsonPropertyName(".dockerconfigjson")]
    public byte[]? DockerConfigJson { get; init; }

    [JsonPropertyName(".dockercfg")]
    public byte[]? DockerConfig { get; init; }
}

/// <summary>The pull secrets of a ServiceAccount, as in a pod template.</summary>
internal sealed record ServiceAccount
{
    public JsonElement? ImagePullSecrets { get; init; }
}

internal sealed record SecretName(string? Name);
