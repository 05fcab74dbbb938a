using Tracebloc.Configuration;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

internal sealed partial class RefreshConfigurationReader
{
    private Dictionary<string, RegistryHostOptions> ReadRegistries()
    {
        var registries = new Dictionary<string, RegistryHostOptions>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, section) in _root.Sections("registries"))
        {
            var options = ReadRegistry(section);
            if (RegistryName.Normalize(key) is not { } host)
                _errors.Add(
                    section.Mapping,
                    $"\"{key}\" is not a host; write it as image references do, ghcr.io or localhost:5000");
            else if (!registries.TryAdd(host, options))
                _errors.Add(section.Mapping, $"is {host} once more; keep one");
        }

        return registries;
    }

    private RegistryHostOptions ReadRegistry(ConfigurationReader section)
    {
        var options = new RegistryHostOptions
        {
            CaFile = ReadCertificateFile(section),
            Insecure = section.Boolean("insecure") ?? false,
            Mirror = section.Text("mirror"),
            Username = section.Text("username"),
            PasswordFile = ReadFile(section, "passwordFile"),
            CredentialHelper = section.Text("credentialHelper"),
            AnonymousRetry = section.Boolean("anonymousRetry") ?? false,
        };
        if (options.Mirror is { } mirror && !RegistryName.IsMirror(mirror))
            section.Refuse("mirror", $"\"{mirror}\" is not host[:port][/path]; write it like mirror.example.com/hub");
        if (section.Find("username") is null != section.Find("passwordFile") is null)
            _errors.Add(section.Mapping, "username and passwordFile go together; write both or neither");
        if (options.CredentialHelper is { } helper && !CredentialStore.IsHelperName(helper))
            section.Refuse(
                "credentialHelper",
                $"\"{helper}\" is no helper's name; write ecr-login for the program docker-credential-ecr-login");
        if (options.CredentialHelper is not null && section.Find("username") is not null)
            _errors.Add(section.Mapping, "username and credentialHelper exclude each other; keep one");
        section.RefuseUnknownKeys();
        return options;
    }

    private string? ReadCertificateFile(ConfigurationReader section)
    {
        var path = ReadFile(section, "caFile");
        if (path is null || !File.Exists(path)) return path;
        try
        {
            if (PemCertificates.FaultOf(File.ReadAllBytes(path)) is { } fault)
                section.Refuse("caFile", $"{path} holds {fault}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            section.Refuse("caFile", $"{path} {FileFault.Describe(path, exception)}");
        }

        return path;
    }

    private string? ReadFile(ConfigurationReader section, string key)
    {
        if (ReadPath(section, key) is not { } path) return null;
        if (!File.Exists(path)) section.Refuse(key, $"{path} {FileFault.Describe(path, new FileNotFoundException())}");
        return path;
    }

    private string? ReadPath(ConfigurationReader section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        if (!text.Contains('\0')) return Path.Combine(_directory, text);
        section.Refuse(key, "holds a NUL (\\0), which no path can; write it without");
        return null;
    }
}
