using System.Text;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>Reads both kinds of docker configuration. The framework's messages may quote it; these never do.</summary>
internal static class DockerConfigReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="FormatException">The content is malformed.</exception>
    public static IReadOnlyDictionary<string, RegistryCredential> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json);
            return ReadRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; "
                + "give the content of a .dockerconfigjson or .dockercfg");
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("a text in it is not valid Unicode; save the file as UTF-8");
        }
    }

    private static OrderedDictionary<string, RegistryCredential> ReadRoot(JsonElement root)
    {
        Demand(root, JsonValueKind.Object, "the content");
        var found = new OrderedDictionary<string, RegistryCredential>();
        var all = GoJson.All(root, "auths").ToList();
        if (all.Count == 0)
            ReadEntries(root, "", isLegacy: true, found);
        // Go adds the entries of a second map to those of the first, and null makes the map empty.
        foreach (var auths in all)
            if (auths.ValueKind == JsonValueKind.Null)
                found.Clear();
            else
                ReadEntries(auths, "auths", isLegacy: false, found);
        return found;
    }

    // A configuration without "auths" looks like a legacy one; its settings (credsStore and so on) are no entries.
    private static void ReadEntries(
        JsonElement entries, string parent, bool isLegacy, OrderedDictionary<string, RegistryCredential> found)
    {
        Demand(entries, JsonValueKind.Object, parent);
        foreach (var entry in entries.EnumerateObject())
        {
            var kind = entry.Value.ValueKind;
            // The last entry of a host counts as a whole, also where it is empty.
            found.Remove(entry.Name);
            if (kind == JsonValueKind.Null || (isLegacy && kind != JsonValueKind.Object))
                continue;
            // Some write user:password@ before the host.
            var place = $"{parent}[\"{Line.Of(entry.Name[(entry.Name.LastIndexOf('@') + 1)..])}\"]";
            Demand(entry.Value, JsonValueKind.Object, place);
            var credential = ReadEntry(entry.Value, place);
            if (!credential.IsEmpty)
                found.Add(entry.Name, credential);
        }
    }

    private static RegistryCredential ReadEntry(JsonElement entry, string place)
    {
        var credential = new RegistryCredential
        {
            Username = Text(entry, "username", place),
            Password = Text(entry, "password", place),
            IdentityToken = Text(entry, "identitytoken", place),
            RegistryToken = Header(entry, "registrytoken", place),
        };
        return Text(entry, "auth", place) is { } auth ? WithAuth(credential, auth, $"{place}.auth") : credential;
    }

    private static RegistryCredential WithAuth(RegistryCredential credential, string auth, string place)
    {
        var pair = Decode(auth, place);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? throw new FormatException($"{place} has no colon in it; write the base64 form of user:password")
            : credential with { Username = NonEmpty(pair[..colon]), Password = NonEmpty(pair[(colon + 1)..]) };
    }

    // The kubelet reads base64 with and without padding, and over several lines as base64(1) writes it; so does this.
    private static string Decode(string auth, string place)
    {
        try
        {
            var text = string.Concat(auth.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return StrictUtf8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"{place} is not UTF-8 under its base64; encode user:password as UTF-8");
        }
        catch (FormatException)
        {
            throw new FormatException($"{place} is not base64; write the base64 form of user:password");
        }
    }

    private static string? Text(JsonElement entry, string name, string place)
    {
        string? text = null;
        foreach (var value in GoJson.All(entry, name))
            if (value.ValueKind != JsonValueKind.Null)
            {
                Demand(value, JsonValueKind.String, $"{place}.{name}");
                text = value.GetString();
            }
        return NonEmpty(text);
    }

    // Values that are sent unencoded must be valid in a header (RFC 9110, 5.5).
    private static string? Header(JsonElement entry, string name, string place)
    {
        var text = Text(entry, name, place);
        return text is null || HeaderText.IsName(text)
            ? text
            : throw new FormatException($"{place}.{name} has a line break or non-ASCII text in it; remove it");
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void Demand(JsonElement value, JsonValueKind kind, string place)
    {
        if (value.ValueKind != kind)
            throw new FormatException($"{place} is not {(kind == JsonValueKind.Object ? "an object" : "a text")}; "
                + "see the format of .dockerconfigjson");
    }
}
