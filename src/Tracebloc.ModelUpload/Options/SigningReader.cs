using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The signatures to make, and the services for them.</summary>
internal static class SigningReader
{
    private const string TufUrl = "SIGSTORE_TUF_URL", FulcioUrl = "SIGSTORE_FULCIO_URL";
    private const string RekorUrl = "SIGSTORE_REKOR_URL", TsaUrl = "SIGSTORE_TSA_URL";

    // The timestamp authority is optional and has no part in the decision.
    private static readonly string[] Deciding = [TufUrl, FulcioUrl, RekorUrl];

    public static SigningSettings Read(OptionReader options)
    {
        var version = options.Choice("rekor-version", ("1", 1), ("2", 2));
        if (!IsOn(options)) return new SigningSettings();
        var settings = new SigningSettings
        {
            IsOn = true,
            KeyPath = options.ReadableFile("signing-key", PemMark.PrivateKey),
            KeyPassword = Password(options),
            IdentityTokenPath = options.Find("signing-key") is null ? IdentityToken(options) : null,
            TufUrl = Url(options, TufUrl),
            FulcioUrl = Url(options, FulcioUrl),
            RekorUrl = Url(options, RekorUrl),
            TsaUrl = Url(options, TsaUrl),
            RekorVersion = version,
            TufRootPath = options.ReadableFile("tuf-root", "{"),
            TrustedRootPath = options.ReadableFile("trusted-root", "{"),
        };
        if (options.Find("signing-key") is null) RequireServices(options);
        return settings;
    }

    private static bool IsOn(OptionReader options)
    {
        if (options.Flag("sign") is { } isOn) return isOn;
        if (options.Find("signing-key") is not null) return true;
        var missing = Deciding.Where(name => options.Variable(name) is null).ToList();
        if (missing.Count is > 0 and < 3)
            options.Findings.Warning(
                $"signing is off: {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} not set; "
                + "set all three SIGSTORE_* variables, or give --sign=false");
        return missing.Count == 0;
    }

    private static void RequireServices(OptionReader options)
    {
        foreach (var name in (string[])[FulcioUrl, RekorUrl])
            if (options.Variable(name) is null)
                options.Findings.Error($"{name} is not set, and signing is keyless; set it, or give --signing-key");
        if (options.Variable(TufUrl) is null && options.Find("trusted-root") is null)
            options.Findings.Error($"{TufUrl} is not set, and signing is keyless; set it, or give --trusted-root");
    }

    private static Uri? Url(OptionReader options, string name)
    {
        if (options.Variable(name) is not { } text) return null;
        if (HttpEndpoint.TryParse(text, out var address, out var remedy)) return address;
        options.Findings.Error($"{name} is \"{text}\"; {remedy}");
        return null;
    }

    private static Secret? Password(OptionReader options)
    {
        if (options.Find("signing-key-password-envvar") is not { } name) return null;
        if (options.RawVariable(name.Text) is { } password) return options.Findings.Hide(password);
        if (!name.IsDefault) options.Reject(name, "that variable is not set: set it to the password of the key");
        return null;
    }

    private static string? IdentityToken(OptionReader options)
    {
        var value = options.Find("signing-identity-token-path");
        var path = value?.Text ?? TokenFile.OfServiceAccount;
        if (TokenFile.Read(path, options.Files, out _, out var fault) is { } token)
        {
            options.Findings.Hide(token);
            return path;
        }
        options.Findings.Error(value is null
            ? $"service account token {path} {fault}; or give --signing-identity-token-path or --signing-key"
            : $"{value.Place}: {path} {fault}");
        return null;
    }
}
