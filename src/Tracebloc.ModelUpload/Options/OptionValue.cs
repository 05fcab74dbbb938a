namespace Tracebloc.ModelUpload.Options;

/// <summary>The value of an option after the merge.</summary>
/// <param name="Entry">The option.</param>
/// <param name="Text">The value; not empty.</param>
/// <param name="Place">The option, variable or file that it came from.</param>
internal sealed record OptionValue(OptionEntry Entry, string Text, string Place)
{
    public bool IsDefault { get; init; }

    /// <summary>The beginning of an error: <c>--registry-port is "x"</c>; a secret is not shown.</summary>
    public override string ToString() => Entry.IsSecret ? $"{Place} is set" : $"{Place} is \"{Shown}\"";

    // User information of an address may be a password.
    private string Shown =>
        Text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme
        && Text.LastIndexOf('@') is var at && at > scheme
            ? string.Concat(Text.AsSpan(0, scheme + 3), "…", Text.AsSpan(at))
            : Text;
}
