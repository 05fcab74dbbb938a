using System.Text;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>Reads both kinds of docker configuration. The framework's messages may quote it; these never do.</summary>
internal static class DockerConfigReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The credentials with their keys, each once, or null and the place of the fault.</summary>
    public static IReadOnlyList<(string Key, RegistryCredential Credential)>? Read(
        ReadOnlyMemory<byte> json, StringComparer names, out string? fault)
    {
        try
        {
            fault = null;
            using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json);
            return LastOfEach(ReadRoot(document.RootElement), names);
        }
        catch (JsonException e)
        {
            fault = $"not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; "
                + "give the content of a .dockerconfigjson or .dockercfg";
            return null;
        }
        catch (DockerConfigException malformed)
        {
            fault = malformed.Message;
            return null;
        }
    }

    private static List<(string Key, RegistryCredential? Credential)> ReadRoot(JsonElement root)
    {
        Demand(root, JsonValueKind.Object, "the content");
        var found = new List<(string Key, RegistryCredential? Credential)>();
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

    // The last entry of a host counts as a whole, also where it is empty.
    private static List<(string Key, RegistryCredential Credential)> LastOfEach(
        List<(string Key, RegistryCredential? Credential)> entries, StringComparer names)
    {
        var last = new List<(string Key, RegistryCredential Credential)>();
        var seen = new HashSet<string>(names);
        foreach (var (key, credential) in Enumerable.Reverse(entries))
            if (seen.Add(key) && credential is not null)
                last.Add((key, credential));
        last.Reverse();
        return last;
    }

    // A configuration without "auths" looks like a legacy one; its settings (credsStore and so on) are no entries.
    private static void ReadEntries(
        JsonElement entries, string parent, bool isLegacy, List<(string Key, RegistryCredential? Credential)> found)
    {
        Demand(entries, JsonValueKind.Object, parent);
        foreach (var entry in entries.EnumerateObject())
        {
            var (name, kind) = (GoJson.NameOf(entry), entry.Value.ValueKind);
            if (kind == JsonValueKind.Null || (isLegacy && kind != JsonValueKind.Object))
            {
                found.Add((name, null));
                continue;
            }
            // Some write user:password@ before the host.
            var place = $"{parent}[\"{Line.Of(name[(name.LastIndexOf('@') + 1)..])}\"]";
            Demand(entry.Value, JsonValueKind.Object, place);
            var credential = ReadEntry(entry.Value, place);
            found.Add((name, credential.IsEmpty ? null : credential));
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
            ? throw new DockerConfigException($"{place} has no colon in it; write the base64 form of user:password")
            : credential with { Username = NonEmpty(pair[..colon]), Password = NonEmpty(pair[(colon + 1)..]) };
    }

    // The kubelet reads base64 with and without padding, and over several lines as base64(1) writes it; so does this.
    private static string Decode(string auth, string place)
    {
        var text = string.Concat(auth.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length))
            throw new DockerConfigException($"{place} is not base64; write the base64 form of user:password");
        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw new DockerConfigException($"{place} is not UTF-8 under its base64; encode user:password as UTF-8");
        }
    }

    private static string? Text(JsonElement entry, string name, string place)
    {
        string? text = null;
        foreach (var value in GoJson.All(entry, name))
            if (value.ValueKind != JsonValueKind.Null)
            {
                Demand(value, JsonValueKind.String, $"{place}.{name}");
                text = GoJson.TextOf(value);
            }
        return NonEmpty(text);
    }

    // Values that are sent unencoded must be valid in a header (RFC 9110, 5.5).
    private static string? Header(JsonElement entry, string name, string place)
    {
        var text = Text(entry, name, place);
        return text is null || HeaderText.IsName(text)
            ? text
            : throw new DockerConfigException(
                $"{place}.{name} has a line break or non-ASCII text in it; remove it");
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void Demand(JsonElement value, JsonValueKind kind, string place)
    {
        if (value.ValueKind != kind)
            throw new DockerConfigException(
                $"{place} is not {(kind == JsonValueKind.Object ? "an object" : "a text")}; "
                + "see the format of .dockerconfigjson");
    }
}
