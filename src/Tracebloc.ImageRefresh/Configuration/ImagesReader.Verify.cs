using Tracebloc.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

internal sealed partial class ImagesReader
{
    // The files are read when a digest has to be verified, not at every tick.
    private SignatureOptions? ReadVerify(ConfigurationReader item)
    {
        if (item.Section("verify") is not { } verify) return null;
        var options = new SignatureOptions
        {
            KeyFile = files.Read(verify, "key"),
            Keyless = verify.Section("keyless") is { } keyless ? ReadKeyless(keyless) : null,
            SignedAs = ReadSignedAs(verify),
        };
        if (verify.Find("key") is null == verify.Find("keyless") is null)
            errors.Add(verify.Mapping, "verify a key or keyless; write one of them");
        verify.RefuseUnknownKeys();
        return options;
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
