namespace Tracebloc.ModelUpload.Credentials;

/// <summary>Values of mounted files and of variables.</summary>
internal static class SecretText
{
    /// <summary>The most bytes of one value.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The text without its line end; null where nothing is left.</summary>
    public static string? Of(string text) =>
        text.TrimEnd('\r', '\n') is { Length: > 0 } value ? value : null;
}
