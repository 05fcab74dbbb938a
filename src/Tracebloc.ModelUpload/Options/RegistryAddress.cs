using System.Globalization;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The Model Registry's address: with or without scheme, port and slashes at its end.</summary>
internal static class RegistryAddress
{
    private const int Https = 443;

    public static Uri? Read(OptionReader options)
    {
        var value = options.Required("registry-server-address");
        var port = Port(options, out var isGiven);
        if (value is null) return null;
        var text = value.Text.TrimEnd('/');
        if (!text.Contains("://", StringComparison.Ordinal)) text = $"{Scheme(options, text, port, isGiven)}://{text}";
        if (!HttpEndpoint.TryParse(text, out var address, out var remedy))
        {
            options.Reject(value, remedy);
            return null;
        }
        if (!HasPort(text)) address = WithPort(address, isGiven || address.Scheme == Uri.UriSchemeHttps ? port : 80);
        Check(options, address);
        return address;
    }

    private static int Port(OptionReader options, out bool isGiven)
    {
        isGiven = false;
        if (options.Find("registry-port") is not { } value) return Https;
        isGiven = !value.IsDefault;
        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= ushort.MaxValue)
            return port;
        options.Reject(value, "write a port from 1 to 65535");
        return Https;
    }

    // Both samples of upstream have an address without a scheme, and a port of 8080 beside it.
    private static string Scheme(OptionReader options, string text, int port, bool isGiven)
    {
        var isPlainPort = isGiven ? IsPlain($":{port}") : IsPlain(text);
        return options.Flag("registry-is-secure") switch
        {
            false => Uri.UriSchemeHttp,
            _ when isPlainPort && options.Find("registry-is-secure") is { IsDefault: true } => Uri.UriSchemeHttp,
            _ => Uri.UriSchemeHttps,
        };
    }

    private static bool IsPlain(string text) =>
        text.EndsWith(":80", StringComparison.Ordinal) || text.EndsWith(":8080", StringComparison.Ordinal);

    // Uri gives the scheme's port for none.
    private static bool HasPort(string text)
    {
        var authority = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('/')[0];
        return authority.LastIndexOf(':') > authority.LastIndexOf(']');
    }

    private static Uri WithPort(Uri address, int port) => new UriBuilder(address) { Port = port }.Uri;

    private static void Check(OptionReader options, Uri address)
    {
        var isSecure = address.Scheme == Uri.UriSchemeHttps;
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        if (isSecure && !port.EndsWith("443", StringComparison.Ordinal))
            options.Findings.Warning($"Model Registry address {address} has https with port {port}; check the port");
        if (!isSecure && !port.EndsWith("80", StringComparison.Ordinal))
            options.Findings.Warning($"Model Registry address {address} has http with port {port}; check the scheme");
    }
}
