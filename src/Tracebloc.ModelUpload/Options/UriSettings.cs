using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Options;

/// <summary>A model by address: <c>http</c>, <c>https</c> or <c>hf</c>.</summary>
internal sealed record UriSettings
{
    /// <summary>The address without user information.</summary>
    public required string Uri { get; init; }

    /// <summary>The token for Hugging Face (<c>HF_TOKEN</c>).</summary>
    public Secret? Token { get; init; }

    /// <summary>The hub (<c>HF_ENDPOINT</c>).</summary>
    public Uri HubEndpoint { get; init; } = new("https://huggingface.co");

    /// <summary>The path of a PEM bundle of authorities beyond the system's.</summary>
    public string? CustomCa { get; init; }
}
