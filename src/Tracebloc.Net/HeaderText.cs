using System.Net.Http.Headers;

namespace Tracebloc.Net;

/// <summary>Text that a header can carry: a line break would begin another, and .NET sends ASCII only.</summary>
public static class HeaderText
{
    /// <summary>The fault of a token that no header can carry; the token itself must not be shown.</summary>
    public const string NoToken = "there is white space in it, or what is no printable ASCII";

    /// <summary>True when a header can carry the text.</summary>
    public static bool IsName(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>True when a header can carry the text as a token, without white space.</summary>
    public static bool IsToken(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Adds a header to a request.</summary>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="name">The name of the header.</param>
    /// <param name="value">The value of the header, which may be secret.</param>
    /// <exception cref="HeaderException">The header cannot carry the value.</exception>
    public static void Add(HttpRequestHeaders headers, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (!IsName(value))
            throw new HeaderException($"header {name} cannot be sent: its value is not printable ASCII");
        try
        {
            headers.Add(name, value);
        }
        catch (FormatException)
        {
            throw new HeaderException($"header {name} cannot be sent: its value does not have the form of that header");
        }
    }
}

/// <summary>A request was not sent because a header cannot carry its value; the message names the header.</summary>
public sealed class HeaderException(string message) : HttpRequestException(message);
