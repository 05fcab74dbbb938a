using Tracebloc.Hosting;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>Opens registries as the configuration says, with credentials read anew: secrets rotate.</summary>
internal static class RegistryConnection
{
    /// <summary>As a configuration file says, of which only the registries are read; null is none.</summary>
    /// <exception cref="ConfigurationException">The file, or that of the credentials, cannot be used.</exception>
    public static RegistryClient Open(string? file, ProgramContext context) => Open(
        file is null ? new RefreshConfiguration() : RefreshConfigurationReader.ReadRegistries(file),
        context.Variable,
        context.Time);

    /// <exception cref="ConfigurationException">The file of credentials cannot be read.</exception>
    public static RegistryClient Open(
        RefreshConfiguration configuration, Func<string, string?> variable, TimeProvider time) =>
        new(
            new RegistryOptions
            {
                Hosts = configuration.Registries,
                Credentials = configuration.DockerConfigFile is { } file ? Read(file) : CredentialStore.Empty,
                Proxy = ProxySettings.FromEnvironment(variable),
                UserAgent = "tracebloc-image-refresh",
            },
            time);

    private static CredentialStore Read(string file)
    {
        try
        {
            return CredentialStore.Parse(File.ReadAllBytes(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException($"{file}: {unreadable.Message}", unreadable);
        }
    }
}
