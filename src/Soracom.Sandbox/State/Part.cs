using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Soracom.Sandbox.Saving;

namespace Soracom.Sandbox.State;

/// <summary>
/// One area's share of an account's state: of the account as a whole, or of one of its coverages, whichever it is asked for
/// from. Made when first asked for, and only ever touched under the account's lock.
/// </summary>
internal abstract class Part
{
    /// <summary>Whose it is.</summary>
    public PartHome Home { get; private set; } = null!;

    /// <summary>Whether it may differ from what <see cref="Seed"/> makes, and has to be saved.</summary>
    public bool Changed { get; set; }

    /// <summary>The moment at which <see cref="Happen"/> has something to do next; null when there is nothing.</summary>
    public virtual DateTimeOffset? NextDue => null;

    /// <summary>Fills a new part of a demo account; the same for the same home. Other accounts start empty.</summary>
    public virtual void Seed()
    {
    }

    /// <summary>
    /// Does what is due at <paramref name="at"/>, which is <see cref="NextDue"/>: for long it may have been. Afterwards that is later,
    /// or null, or the same moment as long as something is left to do at it.
    /// </summary>
    public virtual void Happen(DateTimeOffset at) => throw new InvalidOperationException($"{GetType().Name} has nothing that happens.");

    /// <summary>Its state as it is saved.</summary>
    public abstract JsonElement ToSaved();

    public void Begin(PartHome home, JsonElement? saved)
    {
        Home = home;
        if (saved is { } state)
        {
            FromSaved(state);
            Changed = true;
        }
        else if (home.Origin.Fleet is not null)
        {
            Seed();
        }
    }

    protected abstract void FromSaved(JsonElement saved);
}

/// <summary>A part that is saved as a <typeparamref name="TState"/>, with the source-generated format of that.</summary>
internal abstract class Part<TState>(JsonTypeInfo<TState> format) : Part
{
    private static JsonTypeInfo<TState>? strict;

    public override JsonElement ToSaved() => JsonSerializer.SerializeToElement(Save(), format);

    /// <summary>A picture of the state. It is written out at once, under the account's lock.</summary>
    protected abstract TState Save();

    /// <summary>Takes over the state of such a picture, and what follows from it: indexes, what is due.</summary>
    protected abstract void Load(TState saved);

    protected override void FromSaved(JsonElement saved) =>
        Load(saved.Deserialize(strict ??= StrictReading.Of(format)) ?? throw new JsonException("A part is saved as null."));
}
