namespace Tracebloc.Kubernetes;

/// <summary>What a header can carry: a line break in it would begin another one, and .NET sends ASCII only.</summary>
internal static class HeaderText
{
    /// <summary>Said of a token that is none, since the token itself must not be.</summary>
    internal const string NoToken = "there is white space in it, or what is no printable ASCII";

    internal static bool IsToken(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
