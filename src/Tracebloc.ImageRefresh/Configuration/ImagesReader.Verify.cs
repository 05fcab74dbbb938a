using System.Globalization;
using Tracebloc.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

internal sealed partial class ImagesReader
{
    private const int MostDays = 3650;

    // The files are read when a digest has to be verified, not at every tick.
    private SignatureOptions? ReadVerify(ConfigurationReader item, RefreshAction? action)
    {
        if (item.Section("verify") is not { } verify) return null;
        var options = new SignatureOptions
        {
            KeyFile = files.Read(verify, "key"),
            Keyless = verify.Section("keyless") is { } keyless ? ReadKeyless(keyless) : null,
            SignedAs = ReadSignedAs(verify),
            NotOlderThan = ReadNotOlderThan(verify),
            Advisory = verify.Boolean("advisory") ?? false,
        };
        RefuseUnheldTag(verify, action, options.Advisory);
        if (verify.Find("key") is null == verify.Find("keyless") is null)
            errors.Add(verify.Mapping, "verify a key or keyless; write one of them");
        verify.RefuseUnknownKeys();
        return options;
    }

    // A restarted pod pulls its tag, which may have moved since the verification.
    private void RefuseUnheldTag(ConfigurationReader verify, RefreshAction? action, bool isAdvisory)
    {
        if (action is RefreshAction.Restart && !isAdvisory)
        {
            errors.Add(
                verify.Mapping,
                "restart pulls the tag, which verify cannot hold; write action: setImage, or advisory: true");
        }
        if (action is RefreshAction.SetEnv or RefreshAction.SetImage && isAdvisory)
            verify.Refuse("advisory", "goes with restart; setEnv and setImage hold the digest; remove it");
    }

    // Durations end at a week and have no day.
    private static TimeSpan? ReadNotOlderThan(ConfigurationReader verify)
    {
        if (verify.Text("notOlderThan") is not { } text) return null;
        if (text is [.. var digits, 'd']
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= MostDays)
            return TimeSpan.FromDays(days);
        verify.Refuse("notOlderThan", $"\"{text}\" is no number of days from 1d to {MostDays}d; write it as 90d");
        return null;
    }

    private KeylessOptions? ReadKeyless(ConfigurationReader keyless)
    {
        var issuer = keyless.RequiredText("issuer", "issuer: https://token.actions.githubusercontent.com");
        var identity = keyless.RequiredText("identity", "identity: the mail address or workflow in the certificate");
        if (keyless.Find("trustRoot") is null)
            keyless.Missing("trustRoot", "write trustRoot: trustedroot.json, which is not fetched");
        var trustRoot = files.Read(keyless, "trustRoot");
        keyless.RefuseUnknownKeys();
        return issuer is null || identity is null || trustRoot is null ? null : new(issuer, identity, trustRoot);
    }

    private static ImageReference? ReadSignedAs(ConfigurationReader verify)
    {
        if (verify.Text("signedAs") is not { } text) return null;
        if (ImageReference.TryParse(text, out var reference, out var error)) return reference;
        verify.Refuse("signedAs", error);
        return null;
    }
}
