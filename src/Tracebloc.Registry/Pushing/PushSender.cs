namespace Tracebloc.Registry.Pushing;

/// <summary>
/// Sends the requests of pushes, each by hosts of its own: a refused credential or a silent host ends a request, not
/// the push. Another host gets no credentials, and redirects are not followed.
/// </summary>
internal sealed class PushSender(
    RegistryOptions options, TimeProvider time, ClientState client, CredentialTrialBook trials)
{
    private const int Attempts = 6;

    public TimeProvider Time => time;

    public RegistryOptions Options => options;

    /// <summary>The rules of a registry for uploads.</summary>
    /// <exception cref="RegistryException">The registry's name is no host.</exception>
    public RegistryProfile ProfileOf(ImageReference repository) =>
        RegistryEndpoint.ForPush(repository.Domain, options).Options.Profile ?? RegistryProfile.Of(repository);

    /// <summary>The limits of uploads to a registry that the client has met.</summary>
    public UploadLimit LimitOf(ImageReference repository) =>
        client.Of(RegistryEndpoint.ForPush(repository.Domain, options).Root).Uploads;

    /// <summary>Sends a request once, challenges apart.</summary>
    public async Task<Reply> SendAsync(PushRequest request, CancellationToken cancellationToken)
    {
        var endpoint = RegistryEndpoint.ForPush(request.Repository.Domain, options);
        var hosts = new HostDirectory(options, time, client, trials);
        var host = hosts.For(endpoint);
        var target = TargetOf(request, endpoint);
        if (request.Location is { } location && !Redirect.IsSameOrigin(endpoint.Root, location))
        {
            var fault = Redirect.FaultOf(endpoint.Root, location, host.Gate.MayBePlain);
            if (fault is null && hosts.For(location, out fault) is { } other)
                host = other;
            else
                return Refuse(endpoint.Root, fault);
            target = target with { Name = null, IsForeign = true };
        }
        return await host.Accounts.SendAsync(request.Method, target, cancellationToken);
    }

    /// <summary>The same with retries, for requests that are safe to repeat.</summary>
    public async Task<Reply> RepeatAsync(PushRequest request, CancellationToken cancellationToken)
    {
        var pauses = new PushPauses(time, Attempts);
        while (true)
        {
            var reply = await SendAsync(request, cancellationToken);
            if (!await pauses.WaitAsync(reply, cancellationToken))
                return reply;
        }
    }

    /// <summary>The reason why a reply is no success.</summary>
    public Answer Explain(Reply reply) => reply.Failure ?? StatusVerdict.ExplainPush(reply, time);

    private static ManifestTarget TargetOf(PushRequest request, RegistryEndpoint endpoint)
    {
        var name = endpoint.NameOf(request.Repository);
        var own = TokenScope.Push(name);
        var scopes = request.From is { } from && from.Path != request.Repository.Path
            ? [TokenScope.Pull(endpoint.NameOf(from)), own]
            : (IReadOnlyList<string>)[own];
        var uri = request.Location ?? endpoint.ContentOf(request.Repository, request.Path);
        return new ManifestTarget(uri, name) { Push = new PushCall(scopes, request.Body) };
    }

    private static Reply Refuse(Uri uri, string? fault) => Reply.Failed(uri, Answer.Failed(
        Verdict.Invalid,
        $"{HttpCall.Print(uri)} sent an upload on to an address that must not be asked, which counts as {fault}; "
            + "correct the registry's own address in its configuration"));
}
