using System.Text;
using Tracebloc.Hosting;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>Opens registries as the configuration says, with credentials read anew: secrets rotate.</summary>
internal static class RegistryConnection
{
    /// <exception cref="ConfigurationException">A credential file cannot be read.</exception>
    public static RegistryClient Open(
        RefreshConfiguration configuration, Func<string, string?> variable, TimeProvider time) =>
        new(
            new RegistryOptions
            {
                Hosts = configuration.Registries,
                Credentials = ReadCredentials(configuration),
                Proxy = ProxySettings.FromEnvironment(variable),
                UserAgent = "tracebloc-image-refresh",
            },
            time);

    private static CredentialStore ReadCredentials(RefreshConfiguration configuration)
    {
        var store = configuration.DockerConfigFile is { } file
            ? Reading(file, path => CredentialStore.Parse(File.ReadAllBytes(path)))
            : CredentialStore.Empty;
        foreach (var (host, options) in configuration.Registries)
        {
            if (options is not { Username: { } username, PasswordFile: { } passwordFile })
                continue;
            var password = Reading(passwordFile, path => File.ReadAllText(path, Encoding.UTF8)).TrimEnd('\r', '\n');
            store = store.With(host, new RegistryCredential { Username = username, Password = password });
        }
        return store;
    }

    private static T Reading<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException($"{file}: {unreadable.Message}", unreadable);
        }
    }
}
