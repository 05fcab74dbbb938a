using System.Text;
using Tracebloc.ModelUpload.Credentials;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Options;

/// <summary>
/// The credentials for one side's registry: user name and password before the variable <c>.dockerconfigjson</c> before
/// the docker config file.
/// </summary>
internal static class OciCredentials
{
    private const string Variable = ".dockerconfigjson";

    public static CredentialStore Read(OptionReader options, string side, ImageReference? image)
    {
        var file = options.Find($"{side}-oci-credentials-path") is { } path
            ? Store(options, DockerConfig.OfFile(path.Text, options.Files), path.Place)
            : null;
        var variable = options.Variable(Variable) is { } json
            ? Store(options, DockerConfig.Of(Encoding.UTF8.GetBytes(json), $"variable {Variable}"), null)
            : null;
        var store = (file ?? CredentialStore.Empty).With(variable ?? CredentialStore.Empty);
        if (image is not null && (file ?? variable) is not null && store.For(image.Domain, image.Path).Count == 0
            && options.Find($"{side}-oci-username") is null)
            options.Findings.Warning(
                $"docker config for the {side} has no credentials for {image.Repository}; requests are anonymous");
        return Account(options, side, image) is { } account ? With(options, side, store, account, image) : store;
    }

    /// <summary>Hides the credentials that an image is pulled or pushed with.</summary>
    public static void Hide(OptionReader options, CredentialStore store, ImageReference image)
    {
        foreach (var credential in store.For(image.Domain, image.Path))
        {
            foreach (var secret in (string?[])[credential.Password, credential.IdentityToken, credential.RegistryToken])
                if (secret is not null) options.Findings.Hide(secret);
            if (credential.Password is not null)
                options.Findings.Hide(Convert.ToBase64String(
                    Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Password}")));
        }
    }

    private static CredentialStore? Store(OptionReader options, DockerConfig config, string? place)
    {
        var prefix = place is null ? "" : $"{place}: ";
        if (config.Fault is { } fault) options.Findings.Error(prefix + fault);
        if (config.Warning is { } warning) options.Findings.Warning(prefix + warning);
        return config.Store;
    }

    private static RegistryCredential? Account(OptionReader options, string side, ImageReference? image)
    {
        var (name, password) = (options.Find($"{side}-oci-username"), options.Find($"{side}-oci-password"));
        if (name is null && password is null) return null;
        if (name is not null && password is not null)
            return new RegistryCredential { Username = name.Text, Password = password.Text };
        var (there, absent) = name is null ? (password?.Place, "username") : (name.Place, "password");
        options.Findings.Error(
            $"{there} is set without --{side}-oci-{absent}; give both or neither{Hint(image)}");
        return null;
    }

    private static string Hint(ImageReference? image) => image is null ? "" : $" for {image.Domain}";

    private static CredentialStore With(
        OptionReader options, string side, CredentialStore store, RegistryCredential account, ImageReference? image)
    {
        if (options.Find($"{side}-oci-registry") is not { } registry)
            return image is null ? store : store.With(image.Domain, account).With(image.Repository, account);
        var key = Bare(registry.Text);
        if (RegistryName.Normalize(key.Split('/')[0]) is not { } host)
        {
            options.Reject(registry, "write a host with its port, such as quay.io or registry:5000");
            return store;
        }
        store = store.With(key, account);
        if (image is null) return store;
        // Credentials go to the registry that they are for and to no other.
        if (host.Equals(image.Domain, StringComparison.OrdinalIgnoreCase)) return store.With(image.Repository, account);
        options.Findings.Warning($"{registry}, and the image is at {image.Domain}; the password is not sent there");
        return store;
    }

    private static string Bare(string registry)
    {
        var scheme = registry.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? registry : registry[(scheme + 3)..];
        return rest.EndsWith("/v1/", StringComparison.Ordinal) ? rest[..^4] : rest.TrimEnd('/');
    }
}
