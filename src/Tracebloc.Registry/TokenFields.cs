using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>The fields of a token server's reply as they stand there, judged by <see cref="TokenResponse"/>.</summary>
internal sealed class TokenFields
{
    private string? _token;
    private string? _accessToken;

    /// <summary>
    /// The specification calls both names equivalent and the choice undefined where they differ; containerd and the
    /// distribution project's client take <c>access_token</c>, so this does what the pods' pulls do.
    /// </summary>
    public string Best => string.IsNullOrEmpty(_accessToken) ? _token ?? "" : _accessToken;

    public bool HasToken => _token is not null || _accessToken is not null;

    /// <summary>Seconds; 0 when the reply gives none or none that can be read.</summary>
    public double ExpiresIn { get; private set; }

    /// <summary>Reads the fields, or returns the reason why there are none, without quoting possible tokens.</summary>
    public string? Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        try
        {
            return ReadObject(new Utf8JsonReader(body));
        }
        catch (NotUnicodeException)
        {
            return "the token server's reply has text in it that is not valid Unicode";
        }
        catch (JsonException)
        {
            return body.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]
                ? "the token server's reply is a page of HTML or XML, not JSON; a proxy or portal may have answered"
                : "the token server's reply is not JSON, or not all of it";
        }
    }

    private string? ReadObject(Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return "the token server's reply is not a JSON object";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadField(ref reader);
        // Whatever follows the object makes the reply malformed; reading on throws then.
        reader.Read();
        return null;
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        var name = JsonText.Of(ref reader) ?? "";
        if (GoJson.IsNamed(name, "token"))
            _token = Text(ref reader) ?? _token;
        else if (GoJson.IsNamed(name, "access_token"))
            _accessToken = Text(ref reader) ?? _accessToken;
        else if (GoJson.IsNamed(name, "expires_in"))
            ExpiresIn = Seconds(ref reader);
        else
            reader.Skip();
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return JsonText.Of(ref reader);
        reader.Skip();
        return null;
    }

    private static double Seconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType switch
        {
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String => JsonText.Of(ref reader),
            _ => null,
        };
        reader.Skip();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
    }
}
