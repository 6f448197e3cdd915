namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>Gets what the portal's hub says, one message after the other.</summary>
internal interface IHubReceiver
{
    /// <summary>Gets a call.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="arguments">Its arguments; not all have to be read.</param>
    void Receive(string method, ref PackReader arguments);

    /// <summary>Gets the answer to a call that was sent with an id.</summary>
    /// <param name="result">The answer.</param>
    void Receive(string? result);

    /// <summary>Is told once that the connection has ended, and nothing more will come.</summary>
    /// <param name="reason">Why; null where it was ended from here.</param>
    void Ended(Exception? reason);
}
