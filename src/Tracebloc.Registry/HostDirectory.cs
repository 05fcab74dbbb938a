using System.Collections.Concurrent;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>The hosts of one call, made when first needed.</summary>
internal sealed class HostDirectory(
    RegistryOptions options, TimeProvider time, ClientState client, CredentialTrialBook trials)
{
    private readonly ConcurrentDictionary<string, RegistryHost> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="RegistryException">A certificate or password file of the host cannot be used.</exception>
    public RegistryHost For(RegistryEndpoint endpoint) => _hosts.GetOrAdd(
        endpoint.Root.AbsoluteUri,
        _ => new RegistryHost(GateOf(endpoint), OwnOf(endpoint)));

    /// <summary>The host that a redirect leads to, or null with the reason why it cannot be asked.</summary>
    public RegistryHost? For(Uri redirect, out string? fault)
    {
        try
        {
            fault = null;
            return For(RegistryEndpoint.For(redirect, options));
        }
        catch (RegistryException e)
        {
            fault = $"a redirect to a host that cannot be used ({e.Message})";
            return null;
        }
    }

    private HostGate GateOf(RegistryEndpoint endpoint) =>
        new(endpoint, options, time, client, trials.Of(endpoint.Root));

    private static CredentialSource? OwnOf(RegistryEndpoint endpoint)
    {
        if (endpoint.Options.CredentialHelper is { } helper)
            return new CredentialSource(null, helper);
        var (user, file) = (endpoint.Options.Username, endpoint.Options.PasswordFile);
        if (user is null || file is null)
            return null;
        try
        {
            return new CredentialSource(
                new RegistryCredential { Username = user, Password = Line.WithoutBreak(File.ReadAllText(file)) });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException(
                Verdict.Config,
                endpoint.Host,
                $"{endpoint.Host}: the password file {file} cannot be read; check the path and its permissions",
                e);
        }
    }
}
