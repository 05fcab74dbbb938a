using System.Text;
using Tracebloc.Configuration;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>
/// Gets a token of the ingestor's service account: a new one that only jobs-manager accepts, else that of a Secret.
/// </summary>
internal sealed class TokenSource(KubernetesClient client, string @namespace)
{
    /// <summary>The audience of tokens that are made for jobs-manager.</summary>
    private const string Audience = "jobs-manager";

    private const string SecretType = "kubernetes.io/service-account-token";

    private const string AccountAnnotation = "kubernetes.io/service-account.name";

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <exception cref="CliException">There is no token to be had.</exception>
    /// <exception cref="KubernetesException">The API server gives no answer.</exception>
    public async Task<SubmissionToken> GetAsync(string account, CancellationToken token)
    {
        try
        {
            var made = await new AccessApi(client).CreateTokenAsync(@namespace, account, Audience, Life, token);
            return new SubmissionToken(made.Token, account, null, made.Expires);
        }
        catch (KubernetesException e) when (IsRecoverable(e))
        {
            return await FindAsync(account, e, token);
        }
    }

    // Anything else, a broken connection for one, says nothing about the Secret.
    private static bool IsRecoverable(KubernetesException e) => e.IsForbidden || e.IsNotFound || e.Code == 405;

    private async Task<SubmissionToken> FindAsync(string account, KubernetesException cause, CancellationToken token)
    {
        string other;
        try
        {
            var secrets = await client.ListAsync(
                ResourceType.Secrets, @namespace, new ListOptions { FieldSelector = $"type={SecretType}" },
                ClusterJson.Default.ResourceListV1TokenSecret, token);
            var found = secrets.Items.Select(secret => Of(secret, account)).FirstOrDefault(each => each is not null);
            if (found is not null) return found;
            other = $"no Secret of type {SecretType} holds a token of {account}";
        }
        catch (KubernetesException e) when (e.IsForbidden)
        {
            other = e.Message;
        }

        throw new CliException(
            CliExit.NotPermitted,
            $"Token of service account {account} in namespace {@namespace} is not to be had: {cause.Message}; and "
            + $"{other}; add to the Role: {Permission.CreateTokens.Rule}, or install the client chart with "
            + "ingestionAuthz.tokenSecret=true and add to the Role: " + Permission.ListSecrets.Rule,
            cause);
    }

    private static SubmissionToken? Of(V1TokenSecret secret, string account) =>
        secret.Type == SecretType
        && secret.Metadata?.Annotations?.GetValueOrDefault(AccountAnnotation) == account
        && secret.Data?.GetValueOrDefault("token") is { Length: > 0 } bytes
            ? new SubmissionToken(new Secret(Encoding.UTF8.GetString(bytes)), account, secret.Metadata.Name, null)
            : null;
}
