namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The receiver of notifications. The address is a secret where a file holds it.</summary>
public sealed record WebhookOptions
{
    public Uri? Url { get; init; }

    /// <summary>Holds the address; read whenever something is to be sent, since secrets rotate.</summary>
    public string? UrlFile { get; init; }

    public WebhookFormat Format { get; init; }

    /// <summary>PEM file of authorities that are trusted there beside the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Names no address.</summary>
    public override string ToString() => $"webhook ({Format})";
}

/// <summary>The format of a webhook's body.</summary>
public enum WebhookFormat
{
    /// <summary>The notification, for programs.</summary>
    Json,

    /// <summary>A line of text, as Slack and what imitates it take it.</summary>
    Slack,
}
