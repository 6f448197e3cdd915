using System.Collections.Immutable;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>SIMs that somebody has selected in a list: some, one by one, or all that a view finds.</summary>
public abstract record SimSelection
{
    /// <summary>No SIM.</summary>
    public static readonly SimSelection None = new Picked([]);

    private SimSelection()
    {
    }

    /// <summary>How many SIMs it holds; of a view that changes meanwhile, as many as it found when it was selected.</summary>
    public abstract int Count { get; }

    /// <summary>Whether it holds no SIM.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Whether it holds a SIM that the list shows.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>True when it does.</returns>
    public abstract bool Contains(SimKey sim);

    /// <summary>The selection with a SIM added, or taken away when it is there.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The other selection.</returns>
    public abstract SimSelection Toggle(SimKey sim);

    /// <summary>The selection with SIMs added, or taken away, as many of them as are not so yet.</summary>
    /// <param name="sims">The SIMs.</param>
    /// <param name="selected">Whether they are to be selected.</param>
    /// <returns>The other selection.</returns>
    public abstract SimSelection With(IReadOnlyCollection<SimKey> sims, bool selected);

    /// <summary>SIMs selected one by one. They stay selected while the view changes.</summary>
    /// <param name="Sims">The SIMs.</param>
    public sealed record Picked(ImmutableHashSet<SimKey> Sims) : SimSelection
    {
        /// <inheritdoc />
        public override int Count => Sims.Count;

        /// <inheritdoc />
        public override bool Contains(SimKey sim) => Sims.Contains(sim);

        /// <inheritdoc />
        public override SimSelection Toggle(SimKey sim) => new Picked(Sims.SymmetricExcept([sim]));

        /// <inheritdoc />
        public override SimSelection With(IReadOnlyCollection<SimKey> sims, bool selected) => new Picked(selected ? Sims.Union(sims) : Sims.Except(sims));
    }

    /// <summary>All SIMs that a view finds, but for some. What finds them is kept, not what was found.</summary>
    /// <param name="Query">The view.</param>
    /// <param name="Found">How many it found.</param>
    /// <param name="Except">Those that were taken away.</param>
    public sealed record Matching(SimQuery Query, int Found, ImmutableHashSet<SimKey> Except) : SimSelection
    {
        /// <inheritdoc />
        public override int Count => Math.Max(0, Found - Except.Count);

        /// <inheritdoc />
        public override bool Contains(SimKey sim) => !Except.Contains(sim);

        /// <inheritdoc />
        public override SimSelection Toggle(SimKey sim) => this with { Except = Except.SymmetricExcept([sim]) };

        /// <inheritdoc />
        public override SimSelection With(IReadOnlyCollection<SimKey> sims, bool selected) => this with { Except = selected ? Except.Except(sims) : Except.Union(sims) };
    }
}
