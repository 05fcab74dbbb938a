using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>
/// A sequence of calls of a user, of kills, and of outages, as a number determines it. Now and then all troubles end,
/// and rows and objects are compared.
/// </summary>
internal sealed class SyncSequence
{
    private const int Rounds = 3, StepsPerRound = 14, MostReplicas = 2;

    private static readonly string[] Names = ["a", "b", "c"];

    private readonly SyncScene _scene;
    private readonly Random _random;
    private readonly GadgetLives _lives;
    private readonly (int Weight, Func<string, CancellationToken, Task> Do)[] _steps;
    private int _started;

    public SyncSequence(SyncScene scene, int seed)
    {
        (_scene, _random, _lives) = (scene, new Random(seed), new GadgetLives(scene));
        _steps =
        [
            (12, (name, token) => _lives.CreateAsync(name, Half(), token)),
            (6, _lives.EditAsync),
            (3, _lives.LabelAsync),
            (4, _lives.DeleteAsync),
            (2, (name, token) => _lives.MarkAsync(name, Marks.Deleting, isMarked: true, token)),
            (4, (name, token) => _lives.MarkAsync(name, Marks.Immutable, isMarked: true, token)),
            (2, (name, token) => _lives.MarkAsync(name, Marks.Immutable, isMarked: false, token)),
            (4, (name, token) => _lives.HoldAsync(name, Half(), token)),
            (1, _lives.ForceAsync),
            (2, UnseenAsync),
            (3, RaceAsync),
            (1, (_, token) => _lives.DeleteAllAsync(token)),
            (3, (_, token) => KillAsync(token)),
            (3, (_, _) => Start()),
            (1, (_, token) => Noted("drop lease", _scene.DropLeaseAsync(token))),
            (2, (_, token) => LookAsync(token)),
            (1, (_, _) => Away(isDatabase: true)),
            (1, (_, _) => Away(isDatabase: false)),
            (1, (_, _) => LoseAnswer(isDatabase: true)),
            (1, (_, _) => LoseAnswer(isDatabase: false)),
            (2, (_, _) => Back()),
            (2, (_, _) => Cut()),
        ];
    }

    public async Task RunAsync(CancellationToken token)
    {
        await _scene.ClearAsync(token);
        await Start();
        for (var round = 0; round < Rounds; round++)
        {
            for (var step = 0; step < StepsPerRound; step++)
                await Next()(Names[_random.Next(Names.Length)], token);
            await Back();
            if (_scene.Replicas.Count == 0) await Start();
            await _lives.SettleAsync(token);
            _lives.Note("equal");
        }
    }

    private Func<string, CancellationToken, Task> Next()
    {
        var place = _random.Next(_steps.Sum(step => step.Weight));
        return _steps.First(step => (place -= step.Weight) < 0).Do;
    }

    private bool Half() => _random.Next(2) == 0;

    private async Task KillAsync(CancellationToken token)
    {
        if (_scene.Replicas is [_, ..] replicas) await KillAsync(replicas[_random.Next(replicas.Count)], token);
    }

    private async Task KillAsync(SyncReplica replica, CancellationToken token)
    {
        await _scene.KillAsync(replica);
        await Noted($"kill {replica.Name}", _scene.DropLeaseAsync(token));
    }

    // No program sees the end of the object.
    private async Task UnseenAsync(string name, CancellationToken token)
    {
        foreach (var replica in _scene.Replicas) await KillAsync(replica, token);
        await _lives.ForceAsync(name, token);
    }

    // The changes come while the object is on its way out of the cluster.
    private async Task RaceAsync(string name, CancellationToken token)
    {
        await _lives.MarkAsync(name, Marks.Immutable, isMarked: true, token);
        for (var edit = _random.Next(5); edit > 0; edit--) await _lives.EditAsync(name, token);
    }

    private Task Start()
    {
        if (_scene.Replicas.Count < MostReplicas) _lives.Note($"start {_scene.Start($"pod-{++_started}").Name}");
        return Task.CompletedTask;
    }

    // The time of a few calls of the program.
    private Task LookAsync(CancellationToken token) => Noted("look", StoredGadget.ReadAsync(_scene, token));

    private Task Away(bool isDatabase)
    {
        (isDatabase ? _scene.DatabaseCalls : _scene.ApiCalls).BeforeAsync = _ => throw new IOException("it is away");
        if (!isDatabase) _scene.Api.Cut();
        return Noted(isDatabase ? "database away" : "API server away", Task.CompletedTask);
    }

    // The call is carried out, and the program does not know.
    private Task LoseAnswer(bool isDatabase)
    {
        var counter = isDatabase ? _scene.DatabaseCalls : _scene.ApiCalls;
        counter.AfterAsync = _ =>
        {
            counter.AfterAsync = _ => Task.CompletedTask;
            throw new IOException("the answer is lost");
        };
        return Noted(isDatabase ? "lose answer of database" : "lose answer of API server", Task.CompletedTask);
    }

    private Task Back()
    {
        _scene.DatabaseCalls.Reset();
        _scene.ApiCalls.Reset();
        return Noted("back", Task.CompletedTask);
    }

    private Task Cut()
    {
        _scene.Api.Cut();
        return Noted("cut", Task.CompletedTask);
    }

    private async Task Noted(string note, Task step)
    {
        await step;
        _lives.Note(note);
    }
}
