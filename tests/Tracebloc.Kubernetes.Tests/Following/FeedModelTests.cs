using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A copy that is kept by a feed equals the server, whatever happened on the way.</summary>
public sealed class FeedModelTests : FeedFixture
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f"];

    [Theory]
    [InlineData(1, 500, true, false)]
    [InlineData(2, 2, false, false)]
    [InlineData(3, 2, true, false)]
    [InlineData(4, 1, false, false)]
    [InlineData(5, 3, true, false)]
    [InlineData(6, 500, true, true)]
    [InlineData(7, 2, false, true)]
    public async Task A_copy_equals_the_server_in_the_end(int seed, int size, bool isStreamed, bool isKnown)
    {
        var copy = new FeedCopy();
        Options = new()
        {
            Known = isKnown ? _ => Task.FromResult(copy.Known) : null,
            PageSize = size,
            StreamLists = isStreamed,
            FirstPause = TimeSpan.FromMilliseconds(1),
            LongestPause = TimeSpan.FromMilliseconds(4),
        };
        using var client = Connect(new() { MaxRetries = 0 }, TimeProvider.System);
        using var reading = new CancellationTokenSource();
        var feed = new ObjectFeed(client, Widgets.Type, null, Options);
        var reader = Task.Run(() => copy.KeepAsync(feed, reading.Token), Cancelled);
        var random = new Random(seed);
        for (var step = 0; step < 400; step++)
        {
            Act(random);
            if (random.Next(4) == 0) await Task.Yield();
        }

        Add("last");
        await copy.WaitForAsync(VersionOf("last"), Cancelled);
        await reading.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader);

        var expected = Api.List("widgets").ToDictionary(
            each => (string)each["metadata"]!["uid"]!, each => (string)each["metadata"]!["resourceVersion"]!);
        Assert.Equal(expected.OrderBy(pair => pair.Key), copy.Versions.OrderBy(pair => pair.Key));
    }

    private void Act(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        var exists = Api.Find($"widget/{name}") is not null;
        switch (random.Next(12))
        {
            case 0: Api.EndWatches(); break;
            case 1: Api.ForgetHistory(); break;
            case 2: Api.SendBookmark(); break;
            case 3: Api.Fail("watch", "widgets", FakeFault.DropBefore); break;
            case 4: Api.Fail("list", "widgets", FakeFault.DropAfter); break;
            case 5: Api.Fail("watch", "widgets", FakeFault.Status(500, "InternalError")); break;
            case 6 when !exists: Api.Fail("get", "widgets", FakeFault.DropBefore); break;
            case < 9 when exists: Note(name, $"{random.Next()}"); break;
            case < 12 when exists: Api.Delete($"widget/{name}"); break;
            default: Add(name); break;
        }
    }

    /// <summary>The uids and versions of a feed.</summary>
    private sealed class FeedCopy
    {
        private readonly Lock _gate = new();
        private readonly List<(string Version, TaskCompletionSource Signal)> _waiting = [];
        private Dictionary<string, string> _versions = [];
        private Dictionary<string, string>? _listed;

        public IReadOnlyDictionary<string, string> Versions => _versions;

        public KnownObjects? Known
        {
            get
            {
                lock (_gate)
                {
                    var versions = _versions.ToDictionary();
                    return versions.Count == 0 ? null : new(
                        $"{versions.Values.Max(long.Parse)}",
                        (identity, _) => versions.GetValueOrDefault(identity.Uid) == identity.ResourceVersion);
                }
            }
        }

        private Dictionary<string, string> Current => _listed ?? _versions;

        public async Task KeepAsync(ObjectFeed feed, CancellationToken cancellationToken)
        {
            await foreach (var happened in feed.FollowAsync(cancellationToken)) Take(happened);
        }

        public async Task WaitForAsync(string version, CancellationToken cancellationToken)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _waiting.Add((version, signal));
                Announce();
            }

            await signal.Task.WaitAsync(Bound.OfWaits, TimeProvider.System, cancellationToken);
        }

        private void Take(FeedEvent happened)
        {
            lock (_gate)
            {
                switch (happened)
                {
                    case ListBegins: _listed = []; break;
                    case ObjectSeen { Identity: var seen }: Current[seen.Uid] = seen.ResourceVersion; break;
                    case ObjectKnown { Identity: var known }: Current[known.Uid] = known.ResourceVersion; break;
                    case ObjectGone { Identity: var gone }: Current.Remove(gone.Uid); break;
                    case ListEnds: (_versions, _listed) = (_listed ?? [], null); break;
                    default: break;
                }

                Announce();
            }
        }

        private void Announce()
        {
            foreach (var (version, signal) in _waiting)
                if (_listed is null && _versions.ContainsValue(version)) signal.TrySetResult();
        }
    }
}
