package io.multicloudboutique.client.checkout;

/** The steps of placing an order, in their order. */
public enum Step {
    /** Finding out what earlier runs of the order have done. */
    LOOK_UP("looking up what is known of it", ""),
    /** Reading names, prices and availability of what is ordered. */
    VALIDATE("checking what is ordered", ""),
    /** Holding the stock. */
    HOLD("holding the stock", "the hold"),
    /** Taking the money, through {@link Payments#charge}. */
    CHARGE("taking the money", "the charge, if there was one"),
    /** Recording the transaction. */
    RECORD("recording the transaction", "the transaction"),
    /** Taking the goods out of the stock for good. */
    CONFIRM("confirming the hold", "");

    private final String doing;
    private final String effect;

    Step(String doing, String effect) {
        this.doing = doing;
        this.effect = effect;
    }

    String doing() {
        return doing;
    }

    /** What there is once it is done, of those that can be undone. */
    String effect() {
        return effect;
    }
}
