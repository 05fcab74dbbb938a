using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Staging;

/// <summary>
/// The ephemeral pod through which data gets onto the volume. Its name is chosen here, so that it can be deleted
/// whatever happens to the request that creates it; disposing deletes it.
/// </summary>
internal sealed class StagePod : IAsyncDisposable
{
    private readonly ClusterSession _session;
    private readonly StageDeadlines _deadlines;
    private readonly StageNotes _notes;
    private StageState _last = new(StagePhase.Starting, "nothing is known of it");
    private bool _exists = true;
    private bool _mayYetAppear;

    private StagePod(ClusterSession session, StageTarget target, StageDeadlines deadlines, StageNotes notes)
    {
        (_session, _deadlines, _notes) = (session, deadlines, notes);
        Namespace = target.Release.Namespace;
        Name = StageNames.Pod(target.Table, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
    }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>Creates the pod and waits until commands can be run in it.</summary>
    /// <exception cref="CliException">The cluster refuses the pod, or it does not start.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; the pod is deleted.</exception>
    public static async Task<StagePod> StartAsync(
        ClusterSession session, StageTarget target, StageDeadlines deadlines, StageNotes notes, CancellationToken token)
    {
        var pod = new StagePod(session, target, deadlines, notes);
        var manifest = StageManifest.Of(target, pod.Name, deadlines);
        token.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled: a request in flight could create the pod after its deletion was asked for. The client has
            // a deadline of its own.
            await pod.CreateAsync(manifest, new CreateOptions(), CancellationToken.None);
            await pod.WaitAsync(token);
            return pod;
        }
        catch
        {
            await pod.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks whether the cluster would take the pod, without making one.</summary>
    /// <exception cref="CliException">The cluster refuses the pod.</exception>
    public static async Task TryAsync(
        ClusterSession session, StageTarget target, StageDeadlines deadlines, CancellationToken token)
    {
        var pod = new StagePod(session, target, deadlines, new StageNotes(_ => { }, _ => { }));
        var manifest = StageManifest.Of(target, pod.Name, deadlines);
        await pod.CreateAsync(manifest, new CreateOptions { DryRun = true }, token);
    }

    /// <summary>Starts <c>ingestor stage</c> in the pod, which several streams may do side by side.</summary>
    /// <param name="arguments">Its arguments, for example <c>--folder</c> and a name.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="KubernetesException">The API server refuses, or gives no answer.</exception>
    public Task<PodExec> ExecAsync(IReadOnlyList<string> arguments, CancellationToken token) =>
        new PodApi(_session.Client, Namespace).ExecAsync(
            Name,
            new ExecOptions([StageManifest.Program, StageManifest.Verb, .. arguments])
            {
                Container = StageManifest.Container,
                HasInput = true,
            },
            token);

    /// <summary>Deletes the pod. A failure is a warning: the pod ends by its own deadline.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_exists) return;
        // Cancelled or not, the pod must go.
        using var deadline = new Deadline(_deadlines.Removal, _session.Time, CancellationToken.None);
        try
        {
            while (!await DeleteAsync(deadline.Token) && _mayYetAppear)
                await Task.Delay(_deadlines.RemovalPause, _session.Time, deadline.Token);
        }
        catch (OperationCanceledException) when (_mayYetAppear)
        {
            // It has not appeared: the request that was to create it is lost.
        }
        catch (Exception e) when (e is KubernetesException or OperationCanceledException)
        {
            var reason = e is KubernetesException
                ? e.Message
                : $"no answer within {_deadlines.Removal.TotalSeconds:0} s";
            _notes.Warning(
                $"Staging pod {Name} was not deleted, and ends by itself in {_deadlines.Life.TotalHours:0} h: "
                + $"{reason}; kubectl delete pod -n {Namespace} {Name}");
        }
    }

    private async Task CreateAsync(NewPod manifest, CreateOptions options, CancellationToken token)
    {
        try
        {
            await _session.Client.CreateAsync(
                ResourceType.Pods, Namespace, manifest, options, StageJson.Default.NewPod, token);
        }
        catch (KubernetesException e)
        {
            _exists = _mayYetAppear = e.IsOutcomeUnknown;
            throw StageFault.OfCreation(Name, Namespace, e);
        }
    }

    private async Task WaitAsync(CancellationToken token)
    {
        using var deadline = new Deadline(_deadlines.Start, _session.Time, token);
        try
        {
            while (!await IsReadyAsync(deadline.Token))
            {
                // The watch has lost its place, and begins anew.
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw StageFault.OfStart(Name, Namespace, _last, _deadlines.Start);
        }
        catch (KubernetesException e)
        {
            throw StageFault.OfWatch(Name, Namespace, e);
        }
    }

    /// <returns>False where the watch ended before the pod was ready.</returns>
    private async Task<bool> IsReadyAsync(CancellationToken token)
    {
        try
        {
            await foreach (var state in WatchAsync(token))
            {
                if (state.Phase == StagePhase.Ready) return true;
                if (state.Phase == StagePhase.Failed) throw StageFault.OfStart(Name, Namespace, state);
                if (state != _last) _notes.Waiting(state.Reason);
                _last = state;
            }
        }
        catch (KubernetesException e) when (e.IsGone)
        {
            // Too much has happened in the namespace since.
        }

        return false;
    }

    /// <summary>The states of the pod, the present one first.</summary>
    private async IAsyncEnumerable<StageState> WatchAsync(
        [EnumeratorCancellation] CancellationToken token)
    {
        var options = new WatchOptions { FieldSelector = $"metadata.name={Name}" };
        var changes = _session.Client.WatchAsync(
            ResourceType.Pods, Namespace, options, ClusterJson.Default.V1Pod, token);
        await foreach (var change in changes)
            if (change.Type == WatchEventType.Deleted)
                yield return new StageState(StagePhase.Failed, "it was deleted");
            else if (change.Object is { } pod)
                yield return StageState.Of(pod);
    }

    /// <returns>True where the pod was there.</returns>
    private async Task<bool> DeleteAsync(CancellationToken token)
    {
        try
        {
            await _session.Client.DeleteAsync(
                ResourceType.Pods, Namespace, Name, new DeleteOptions { PropagationPolicy = "Background" }, token);
            return true;
        }
        catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
        {
            return false;
        }
    }
}
