using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Running;

/// <summary>
/// A data set as database, volume, journal and backend hold it. Runs change it by their plans, in changes that are
/// whole or not there at all, and may be killed between any two of them.
/// </summary>
internal sealed class ReplacementWorld
{
    public const string Former = "former";

    private readonly Dictionary<string, RunRecord> _journal = new()
    {
        [Former] = Record(Former) with { Phase = RunPhase.Registered, Replaces = false },
    };

    private readonly Dictionary<string, bool> _shadows = [];
    private readonly HashSet<string> _formerTables = [];
    private readonly Dictionary<string, string> _hidden = [];
    private readonly HashSet<string> _backend = [Former];
    private readonly HashSet<string> _begunSwaps = [];
    private string _table = Former;
    private string _place = Former;
    private string? _marker;
    private string _creator = Former;

    /// <summary>Runs an attempt.</summary>
    /// <param name="key">The run.</param>
    /// <param name="overwrites">True: it may replace the data set.</param>
    /// <param name="isUndo">True: <c>ingestor undo</c>.</param>
    /// <param name="changes">The changes before it is killed.</param>
    public void Attempt(string key, bool overwrites, bool isUndo, int changes)
    {
        var seen = Observe(key, overwrites);
        var plan = isUndo ? RunPlanner.PlanUndo(seen) : RunPlanner.Plan(seen);
        foreach (var change in plan.SelectMany(action => Changes(action, key)).Take(changes))
        {
            change();
            Check();
        }
    }

    /// <summary>True where one data set is there, whole, and nothing is left of any other run.</summary>
    public bool IsWhole => _journal.Values.All(run => run.IsOver)
        && _journal.Values.Single(run => run.Phase == RunPhase.Registered).Key == _table
        && _place == _table && _creator == _table
        && _shadows.Count == 0 && _formerTables.Count == 0
        && _hidden.All(left => _journal[left.Key].IsRegistered && left.Value == "")
        && _begunSwaps.All(key => _journal[key].Phase is RunPhase.Registered or RunPhase.Replaced);

    /// <summary>True where the data set is that of a run.</summary>
    public bool Holds(string key) => _table == key;

    private void Check()
    {
        if (!_backend.Contains(_table) || !_backend.Contains(_place))
            throw new InvalidOperationException($"Table {_table}, folder {_place}: the backend has neither");
        if (_begunSwaps.Any(key => !_journal[key].IsRegistered))
            throw new InvalidOperationException("A run is taken back that the backend has registered");
    }

    private RunObservation Observe(string key, bool overwrites) => SomeRun.Observation with
    {
        Key = key,
        HasFiles = true,
        Overwrite = overwrites,
        Own = _journal.GetValueOrDefault(key),
        Others = [.. _journal.Values.Where(run => run.Key != key)],
        TableExists = true,
        TableCreator = _creator,
        ShadowExists = _shadows.ContainsKey(key),
        Folder = new FolderFacts(HasFiles: true, _marker),
    };

    private IEnumerable<Action> Changes(RunAction action, string key) => action switch
    {
        RunAction.Undo undo => Undo(undo.Run.Key),
        RunAction.Begin { Replaces: true } =>
            [() => _journal[key] = Record(key) with { Phase = RunPhase.Loading, Replaces = true }],
        RunAction.ListFiles => [() => _hidden[key] = ""],
        RunAction.CreateTable => [() => _shadows.Remove(key), () => _shadows[key] = false],
        RunAction.Load => [() => _shadows[key] = false, () => _shadows[key] = true],
        RunAction.FinishTable => [Phase(key, RunPhase.Loaded)],
        RunAction.PlaceFiles =>
            [Phase(key, RunPhase.Placing), () => _hidden[key] = key, Phase(key, RunPhase.Placed)],
        RunAction.Register => [() => _backend.Add(key)],
        RunAction.BeginSwap => [Phase(key, RunPhase.Swapping), () => _begunSwaps.Add(key)],
        RunAction.Swap swap => Swap(swap.Run?.Key ?? key, isOwn: (swap.Run?.Key ?? key) == key),
        RunAction.Close or RunAction.Replay or RunAction.CloseFiles => Close(key),
        RunAction.Validate or RunAction.CheckPlace or RunAction.Resume or RunAction.Report or RunAction.Refuse => [],
        _ => throw new InvalidOperationException($"{action} would change the former data set"),
    };

    private IEnumerable<Action> Undo(string key) =>
    [
        Phase(key, RunPhase.Loading),
        () => _shadows.Remove(key),
        () => _hidden.Remove(key),
        () => _journal[key] = _journal[key] with { Phase = RunPhase.Failed, Replaces = false },
    ];

    private IEnumerable<Action> Swap(string key, bool isOwn)
    {
        yield return () =>
        {
            if (!_shadows.Remove(key, out var isLoaded)) return;
            if (!isLoaded) throw new InvalidOperationException("A table with a part of its rows takes the place");
            _formerTables.Add(key);
            _table = key;
        };
        yield return () =>
        {
            if (_marker == key) return;
            if (_hidden[key] != key) throw new InvalidOperationException("A part of the files takes the place");
            (_place, _hidden[key], _marker) = (key, _place, key);
        };
        yield return () => _hidden[key] = "";
        yield return () => _formerTables.Remove(key);
        yield return () =>
        {
            var former = _journal.Values.Where(run => run.Phase == RunPhase.Registered && run.Key != key).ToList();
            foreach (var run in former)
                _journal[run.Key] = run with { Phase = RunPhase.Replaced };
            _journal[key] = _journal[key] with { Phase = RunPhase.Registered, Replaces = false };
            _creator = key;
        };
        if (isOwn) yield break;
        foreach (var change in Close(key)) yield return change;
    }

    private IEnumerable<Action> Close(string key) =>
        [() => _hidden.Remove(key), () => _marker = _marker == key ? null : _marker];

    private Action Phase(string key, RunPhase phase) => () => _journal[key] = _journal[key] with { Phase = phase };

    private static RunRecord Record(string key) => SomeRun.Record with { Key = key, Folder = "houses" };
}
