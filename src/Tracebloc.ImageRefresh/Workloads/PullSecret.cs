using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The parts of a pull secret. A class, not a record: records print their members.</summary>
internal sealed class PullSecret
{
    public string? Type { get; init; }

    public PullSecretData? Data { get; init; }

    /// <summary>The credentials in it.</summary>
    /// <exception cref="FormatException">It is no pull secret, or malformed; the message has nothing of it.</exception>
    public CredentialStore Read()
    {
        var (key, content) = Type switch
        {
            "kubernetes.io/dockerconfigjson" => (".dockerconfigjson", Data?.DockerConfigJson),
            "kubernetes.io/dockercfg" => (".dockercfg", Data?.DockerConfig),
            _ => throw new FormatException(
                $"is of type {Type}, not kubernetes.io/dockerconfigjson or kubernetes.io/dockercfg"),
        };
        try
        {
            return CredentialStore.Parse(content ?? throw new FormatException("there is no such key"));
        }
        catch (FormatException malformed)
        {
            throw new FormatException($"{key}: {malformed.Message}", malformed);
        }
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
