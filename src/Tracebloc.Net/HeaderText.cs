namespace Tracebloc.Net;

/// <summary>Text that a header can carry: a line break would begin another, and .NET sends ASCII only.</summary>
public static class HeaderText
{
    /// <summary>The fault of a token that no header can carry; the token itself must not be shown.</summary>
    public const string NoToken = "there is white space in it, or what is no printable ASCII";

    /// <summary>Whether a header can carry the text.</summary>
    public static bool IsName(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Whether a header can carry the text as a token, without white space.</summary>
    public static bool IsToken(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
