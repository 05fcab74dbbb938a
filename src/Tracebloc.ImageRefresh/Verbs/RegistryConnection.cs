using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary>Opens registries by the configuration, with credentials read anew: secrets rotate.</summary>
internal static class RegistryConnection
{
    /// <summary>
    /// For a verb without a next tick, which therefore retries rate limits. Reads only the registries of the
    /// configuration file; null is none.
    /// </summary>
    /// <exception cref="ConfigurationException">The file, or that of the credentials, cannot be used.</exception>
    public static RegistryClient OpenOnce(string? file, ProgramContext context) => Open(
        file is null ? new RefreshConfiguration() : RefreshConfigurationReader.ReadRegistries(file),
        context,
        retriesRateLimits: true);

    /// <exception cref="ConfigurationException">The file of credentials, or a proxy, cannot be used.</exception>
    public static RegistryClient Open(
        RefreshConfiguration configuration, ProgramContext context, bool retriesRateLimits = false) =>
        new(
            new RegistryOptions
            {
                Hosts = configuration.Registries,
                Credentials = configuration.DockerConfigFile is { } file ? Read(file) : CredentialStore.Empty,
                CredentialHelper =
                    new CredentialHelperProgram(context.Variable, context.Time, context.Logger).GetAsync,
                Proxy = ProxyOf(context),
                RetriesRateLimits = retriesRateLimits,
                CallTimeout = Deadlines.RegistryCall,
                UserAgent = "tracebloc-image-refresh",
            },
            context.Time);

    private static ProxySettings? ProxyOf(ProgramContext context)
    {
        try
        {
            return ProxySettings.FromEnvironment(context.Variable);
        }
        catch (ProxyException useless)
        {
            throw new ConfigurationException(useless.Message, useless);
        }
    }

    private static CredentialStore Read(string file) => ReferencedFile.Read(
        file, (byte[] json, out string? fault) => CredentialStore.Read(json, out fault));
}
