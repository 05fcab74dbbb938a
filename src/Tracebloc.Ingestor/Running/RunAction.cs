using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>A step of a run. Each can be repeated after a kill at any moment.</summary>
internal abstract record RunAction
{
    private RunAction()
    {
    }

    /// <summary>Takes back everything that an unregistered run has done.</summary>
    internal sealed record Undo(RunRecord Run) : RunAction;

    /// <summary>Takes files back that a run of this key has placed and of which the journal knows nothing.</summary>
    internal sealed record UndoFiles : RunAction;

    /// <summary>Reads the whole data set; changes nothing but scratch files.</summary>
    internal sealed record Validate : RunAction;

    /// <summary>Looks whether the files of the former data set can be replaced.</summary>
    internal sealed record CheckPlace : RunAction;

    /// <summary>Opens the journal: phase <see cref="RunPhase.Loading"/>.</summary>
    /// <param name="Replaces">True: the run loads beside the table, which stays until the backend has the data set.
    /// </param>
    internal sealed record Begin(bool Replaces = false) : RunAction;

    /// <summary>Writes the list of the files, from which a later attempt goes on or takes them back.</summary>
    internal sealed record ListFiles : RunAction;

    /// <summary>Creates the table that the run loads.</summary>
    internal sealed record CreateTable : RunAction;

    /// <summary>Compares the table that is there with the data set.</summary>
    internal sealed record CheckTable : RunAction;

    internal sealed record Load : RunAction;

    /// <summary>Adds the index, compares the counts, phase <see cref="RunPhase.Loaded"/>.</summary>
    internal sealed record FinishTable : RunAction;

    /// <summary>Reads what an earlier attempt found out, in place of validating.</summary>
    internal sealed record Resume(RunRecord Run) : RunAction;

    /// <summary>
    /// Moves or copies the files, phases <see cref="RunPhase.Placing"/> to <see cref="RunPhase.Placed"/>. Those of a
    /// run that replaces a data set stay in the hidden folder.
    /// </summary>
    internal sealed record PlaceFiles : RunAction;

    /// <summary>Sends the batches.</summary>
    /// <param name="From">The first that is sent, counted from 0.</param>
    /// <param name="MayHaveArrived">Batches below this count may be at the backend already.</param>
    internal sealed record Report(int From, int MayHaveArrived) : RunAction;

    /// <summary>Makes the calls after the batches.</summary>
    /// <param name="From">The first that is made, counted from 0.</param>
    internal sealed record Register(int From) : RunAction;

    /// <summary>Phase <see cref="RunPhase.Swapping"/>: the backend has the data set, and nothing undoes it.</summary>
    internal sealed record BeginSwap : RunAction;

    /// <summary>
    /// Puts table and files in the place of the former ones, which are removed: phase
    /// <see cref="RunPhase.Registered"/>.
    /// </summary>
    /// <param name="Run">The run whose attempt has ended before that; null: this one.</param>
    internal sealed record Swap(RunRecord? Run = null) : RunAction;

    /// <summary>Phase <see cref="RunPhase.Registered"/>, and scratch and marker are removed.</summary>
    internal sealed record Close : RunAction;

    /// <summary>Removes what a registered run has left on the volume.</summary>
    internal sealed record CloseFiles : RunAction;

    /// <summary>Removes what a registered run has left, and prints its summary.</summary>
    internal sealed record Replay(RunRecord Run) : RunAction;

    /// <summary>Ends the run.</summary>
    /// <param name="Message">The reason and the remedy.</param>
    internal sealed record Refuse(string Message) : RunAction;
}
